package io.stowage.array.namespace;

import io.stowage.array.core.Load;
import io.stowage.nvme.command.AdminOpcode;
import io.stowage.nvme.command.NvmOpcode;
import io.stowage.nvme.command.Status;
import io.stowage.nvme.command.SubmissionEntry;
import io.stowage.nvme.log.AccessLog;
import io.stowage.nvme.log.EffectsLog;
import io.stowage.nvme.log.FirmwareLog;
import io.stowage.nvme.log.HealthLog;
import io.stowage.nvme.log.LogPage;
import io.stowage.nvme.log.SupportedLog;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Get Log Page. Base 2.0, section 5.16. */
final class Logs {
    /** No page is as long. */
    private static final int LONGEST = 1 << 20;

    private static final int RETAIN = 1 << 15;
    private static final int WITHOUT_NAMESPACES = 1;
    private static final int ROOM_TEMPERATURE = 308;
    private static final int SPARE = 100;
    private static final int SPARE_THRESHOLD = 10;

    private static final ByteBuffer EFFECTS = new EffectsLog()
            .admin(AdminOpcode.GET_LOG_PAGE, EffectsLog.SUPPORTED)
            .admin(AdminOpcode.IDENTIFY, EffectsLog.SUPPORTED)
            .admin(AdminOpcode.ABORT, EffectsLog.SUPPORTED)
            .admin(AdminOpcode.SET_FEATURES, EffectsLog.SUPPORTED)
            .admin(AdminOpcode.GET_FEATURES, EffectsLog.SUPPORTED)
            .admin(AdminOpcode.ASYNC_EVENT_REQUEST, EffectsLog.SUPPORTED)
            .admin(AdminOpcode.KEEP_ALIVE, EffectsLog.SUPPORTED)
            .admin(AdminOpcode.GET_LBA_STATUS, EffectsLog.SUPPORTED)
            .io(NvmOpcode.FLUSH, EffectsLog.SUPPORTED)
            .io(NvmOpcode.WRITE, EffectsLog.SUPPORTED | EffectsLog.CHANGES_DATA)
            .io(NvmOpcode.READ, EffectsLog.SUPPORTED)
            .io(NvmOpcode.COMPARE, EffectsLog.SUPPORTED)
            .io(NvmOpcode.WRITE_ZEROES, EffectsLog.SUPPORTED | EffectsLog.CHANGES_DATA)
            .io(NvmOpcode.DATASET_MANAGEMENT, EffectsLog.SUPPORTED | EffectsLog.CHANGES_DATA)
            .io(NvmOpcode.VERIFY, EffectsLog.SUPPORTED)
            .io(NvmOpcode.RESERVATION_REGISTER, EffectsLog.SUPPORTED)
            .io(NvmOpcode.RESERVATION_REPORT, EffectsLog.SUPPORTED)
            .io(NvmOpcode.RESERVATION_ACQUIRE, EffectsLog.SUPPORTED)
            .io(NvmOpcode.RESERVATION_RELEASE, EffectsLog.SUPPORTED)
            .io(NvmOpcode.COPY, EffectsLog.SUPPORTED | EffectsLog.CHANGES_DATA)
            .bytes();

    private static final ByteBuffer SUPPORTED = new SupportedLog()
            .with(
                    LogPage.SUPPORTED,
                    LogPage.ERRORS,
                    LogPage.HEALTH,
                    LogPage.FIRMWARE,
                    LogPage.CHANGED_NAMESPACES,
                    LogPage.EFFECTS,
                    LogPage.ACCESS,
                    LogPage.RESERVATIONS)
            .bytes();

    private final Limits limits;
    private final long begun = System.nanoTime();

    Logs(Limits limits) {
        this.limits = limits;
    }

    Plan plan(Viewer viewer, SubmissionEntry entry) {
        long length = (((long) entry.dword(11) & 0xFFFF) << 16 | entry.dword(10) >>> 16) + 1 << 2;
        long offset = entry.dwords(12);
        if (length > limits.maxTransferBytes() || offset < 0 || offset % Integer.BYTES != 0) {
            return new Plan.Refuse(Status.INVALID_FIELD);
        }
        if (length > entry.sglLength()) {
            return new Plan.Refuse(Status.SGL_LENGTH_INVALID);
        }
        int page = entry.dword(10) & 0xFF;
        if (offset > LONGEST) {
            return new Plan.Refuse(Status.INVALID_FIELD);
        }
        // Before the page is made: what happens from now on is told again, at worst although the page has it already.
        boolean taken = (entry.dword(10) & RETAIN) == 0;
        if (taken) {
            viewer.events().logRead(page);
        }
        Optional<ByteBuffer> whole = page(viewer, entry, page, taken && offset == 0);
        if (whole.isEmpty()) {
            return new Plan.Refuse(Status.INVALID_LOG_PAGE);
        }
        if (offset > whole.get().limit()) {
            return new Plan.Refuse(Status.INVALID_FIELD);
        }
        if (page == LogPage.RESERVATIONS && !viewer.notifications().isEmpty()) {
            viewer.raise(AsyncEvent.RESERVATION);
        }
        return new Plan.Send(0, part(whole.get(), (int) offset, (int) length));
    }

    private Optional<ByteBuffer> page(Viewer viewer, SubmissionEntry entry, int page, boolean taken) {
        return switch (page) {
            case LogPage.SUPPORTED -> Optional.of(SUPPORTED);
            case LogPage.ERRORS -> Optional.of(viewer.errors().page());
            case LogPage.HEALTH -> Optional.of(health(viewer, entry.namespace()));
            case LogPage.FIRMWARE -> Optional.of(firmware(viewer));
            case LogPage.CHANGED_NAMESPACES -> Optional.of(viewer.changed().page(taken));
            case LogPage.EFFECTS -> Optional.of(EFFECTS);
            case LogPage.ACCESS -> Optional.of(access(viewer, entry.dword(10) >>> 8 & 0x7F));
            case LogPage.RESERVATIONS ->
                Optional.of(viewer.notifications().page(taken).bytes());
            default -> Optional.empty();
        };
    }

    private static ByteBuffer firmware(Viewer viewer) {
        return new FirmwareLog()
                .active(1)
                .revision(1, viewer.subsystem().firmware())
                .bytes();
    }

    /** Zeros follow where the page ends before. */
    private static ByteBuffer part(ByteBuffer page, int offset, int length) {
        ByteBuffer part = ByteBuffer.allocate(length);
        part.put(0, page, offset, Math.min(length, page.limit() - offset));
        return part;
    }

    /** Of one namespace or of all; zeros are read and written where there is none. */
    private ByteBuffer health(Viewer viewer, int id) {
        boolean all = id == 0 || id == Identities.EVERY_NAMESPACE;
        Load total = viewer.namespaces().entrySet().stream()
                .filter(each -> all || each.getKey() == id)
                .map(each -> each.getValue().traffic().total())
                .reduce(Load.NONE, Load::plus);
        return new HealthLog()
                .temperature(ROOM_TEMPERATURE)
                .spare(SPARE, SPARE_THRESHOLD)
                .read(dataUnits(total.readBytes()), total.reads())
                .written(dataUnits(total.writtenBytes()), total.writes())
                .powerOnHours(TimeUnit.NANOSECONDS.toHours(System.nanoTime() - begun))
                .errors(viewer.errors().count())
                .bytes();
    }

    private static long dataUnits(long bytes) {
        return (bytes + HealthLog.DATA_UNIT - 1) / HealthLog.DATA_UNIT;
    }

    /** As long as it can get: hosts ask for so much, in pieces. */
    private static ByteBuffer access(Viewer viewer, int specific) {
        List<Integer> namespaces = (specific & WITHOUT_NAMESPACES) != 0
                ? List.of()
                : new ArrayList<>(viewer.namespaces().keySet());
        long changes = viewer.path().changes();
        AccessLog.Group group = new AccessLog.Group(
                Identities.ACCESS_GROUP, changes, viewer.path().access().code(), namespaces);
        return part(new AccessLog(changes, List.of(group)).encode(), 0, AccessLog.bytes(1, Identities.NAMESPACES));
    }
}
