package io.stowage.array.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.nvme.command.AdminOpcode;
import io.stowage.nvme.command.NvmOpcode;
import io.stowage.nvme.command.ReservationKeys;
import io.stowage.nvme.command.ReservationReport;
import io.stowage.nvme.command.Status;
import io.stowage.nvme.command.SubmissionEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A host with one controller and the shortest transport there is: plans are carried out as they come. */
final class TestHost {
    static final int BLOCK = 512;

    private final NamespaceServer server;
    private final Viewer viewer;

    /** How often the bell was rung. */
    int rung;

    TestHost(NamespaceServer server, Viewer viewer) {
        this.server = server;
        this.viewer = viewer;
    }

    /** How a command ended, with what came from the controller. */
    record Answer(Status status, long result, ByteBuffer data) {
        /** Status code type and code; 0 for success. */
        int code() {
            return status.code();
        }
    }

    Viewer viewer() {
        return viewer;
    }

    // Commands as hosts send them.

    Answer identify(int cns, int namespace) {
        return admin(new SubmissionEntry()
                .opcode(AdminOpcode.IDENTIFY)
                .namespace(namespace)
                .dword(10, cns)
                .data(SubmissionEntry.BY_TRANSPORT, 4096));
    }

    Answer log(int page, int length) {
        return log(page, 0, length, 0);
    }

    /** @param flags RAE and LSP in bits 15..8 of dword 10 */
    Answer log(int page, int flags, int length, long offset) {
        int dwords = length / 4 - 1;
        return admin(new SubmissionEntry()
                .opcode(AdminOpcode.GET_LOG_PAGE)
                .namespace(0xFFFF_FFFF)
                .dword(10, dwords << 16 | flags | page)
                .dword(11, dwords >>> 16)
                .dwords(12, offset)
                .data(SubmissionEntry.BY_TRANSPORT, length));
    }

    Answer setFeature(int feature, int namespace, int value) {
        return admin(new SubmissionEntry()
                .opcode(AdminOpcode.SET_FEATURES)
                .namespace(namespace)
                .dword(10, feature)
                .dword(11, value));
    }

    /** @param select 0 current, 1 default, 2 saved, 3 capabilities */
    Answer getFeature(int feature, int namespace, int select) {
        return admin(new SubmissionEntry()
                .opcode(AdminOpcode.GET_FEATURES)
                .namespace(namespace)
                .dword(10, select << 8 | feature)
                .data(SubmissionEntry.BY_TRANSPORT, 4096));
    }

    Answer read(long block, int blocks) {
        return io(range(NvmOpcode.READ, block, blocks).data(SubmissionEntry.BY_TRANSPORT, blocks * BLOCK));
    }

    Answer write(long block, byte[] data) {
        return write(block, data, 0);
    }

    /** @param flags FUA and others, in dword 12 */
    Answer write(long block, byte[] data, int flags) {
        SubmissionEntry entry = range(NvmOpcode.WRITE, block, data.length / BLOCK);
        return io(entry.dword(12, entry.dword(12) | flags).data(SubmissionEntry.BY_TRANSPORT, data.length), data);
    }

    Answer compare(long block, byte[] data) {
        return io(
                range(NvmOpcode.COMPARE, block, data.length / BLOCK).data(SubmissionEntry.BY_TRANSPORT, data.length),
                data);
    }

    Answer reserve(int opcode, int dword, long current, long other) {
        byte[] keys = new ReservationKeys(current, other).encode().array();
        int length = opcode == NvmOpcode.RESERVATION_RELEASE ? ReservationKeys.RELEASE_BYTES : keys.length;
        return io(
                new SubmissionEntry()
                        .opcode(opcode)
                        .namespace(1)
                        .dword(10, dword)
                        .data(SubmissionEntry.BY_TRANSPORT, length),
                keys);
    }

    ReservationReport report() {
        Answer answer = io(new SubmissionEntry()
                .opcode(NvmOpcode.RESERVATION_REPORT)
                .namespace(1)
                .dword(10, 4096 / 4 - 1)
                .dword(11, ReservationReport.EXTENDED)
                .data(SubmissionEntry.BY_TRANSPORT, 4096));
        assertThat(answer.code()).isZero();
        return ReservationReport.parse(answer.data());
    }

    /** A command on a range of namespace 1, without data. */
    static SubmissionEntry range(int opcode, long block, int blocks) {
        return new SubmissionEntry()
                .opcode(opcode)
                .namespace(1)
                .dwords(10, block)
                .dword(12, blocks - 1)
                .data(SubmissionEntry.BY_TRANSPORT, 0);
    }

    Answer admin(SubmissionEntry entry) {
        return run(server.admin(viewer, entry), new byte[0]);
    }

    Answer io(SubmissionEntry entry) {
        return io(entry, new byte[0]);
    }

    Answer io(SubmissionEntry entry, byte[] data) {
        return run(server.io(viewer, entry), data);
    }

    /** @param data from the host; zeros follow as far as the plan wants more */
    static Answer run(Plan plan, byte[] data) {
        return switch (plan) {
            case Plan.Refuse(Status status) -> new Answer(status, 0, ByteBuffer.allocate(0));
            case Plan.Send(long result, ByteBuffer sent) -> new Answer(Status.SUCCESS, result, little(sent));
            case Plan.Read read -> read(read);
            case Plan.Run run -> {
                ByteBuffer given = ByteBuffer.allocate(run.length());
                given.put(0, data, 0, Math.min(data.length, run.length()));
                Ending ending = run.action().run(given);
                yield new Answer(ending.status(), ending.result(), ByteBuffer.allocate(0));
            }
        };
    }

    private static Answer read(Plan.Read read) {
        ByteBuffer data = ByteBuffer.allocate(read.length());
        try {
            read.unit().read(read.offset(), data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Answer(Status.SUCCESS, 0, little(data.flip()));
    }

    private static ByteBuffer little(ByteBuffer data) {
        return data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }
}
