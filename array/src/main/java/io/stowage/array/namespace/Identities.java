package io.stowage.array.namespace;

import io.stowage.array.core.LogicalUnit;
import io.stowage.nvme.command.Feature;
import io.stowage.nvme.command.Status;
import io.stowage.nvme.command.SubmissionEntry;
import io.stowage.nvme.identify.Cns;
import io.stowage.nvme.identify.ControllerList;
import io.stowage.nvme.identify.IdentifyController;
import io.stowage.nvme.identify.IdentifyNamespace;
import io.stowage.nvme.identify.IndependentNamespace;
import io.stowage.nvme.identify.NamespaceDescriptors;
import io.stowage.nvme.identify.NamespaceList;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** Identify. Base 2.0, section 5.17; NVM Command Set 1.0, section 4.1.5. */
final class Identities {
    /** The largest namespace identifier: LUNs go no further. */
    static final int NAMESPACES = 4095;

    static final int EVERY_NAMESPACE = 0xFFFF_FFFF;

    /** The group of namespaces that are reached alike: all of them are. */
    static final int ACCESS_GROUP = 1;

    /** NVMe 1.4. 2.0 would have hosts wait for CRTO. */
    private static final int VERSION = 0x0001_0400;

    private static final int STRUCTURE = 4096;
    private static final int LAST_STARTING_ID = 0xFFFF_FFFD;

    /** Several ports, several controllers, asymmetric access. */
    private static final int SHARED = 0x0B;

    /** 128-bit host identifiers; any command counts as keep-alive. */
    private static final int ATTRIBUTES = 1 | 1 << 6;

    /** SMART by namespace, effects, offsets. */
    private static final int LOGS = 0x07;

    /** One slot, which can't be written. */
    private static final int FIRMWARE_SLOTS = 0x03;

    /** Get LBA Status. */
    private static final int ADMIN_COMMANDS = 1 << 9;

    /** Compare, DSM, Write Zeroes, select and save fields, reservations, Verify, Copy. */
    private static final int NVM_COMMANDS = 0x1BD;

    /** There is one, and Flush takes all namespaces. */
    private static final int WRITE_CACHE = 0x07;

    /** Compare and Write. */
    private static final int FUSED = 1;

    /** SGLs with offsets into the capsule, and transport data blocks. */
    private static final int SGLS = 0x0030_0001;

    private static final int TRANSITION_SECONDS = 10;
    private static final int ACCESS_STATES = 0x1F;
    private static final int CRITICAL_KELVIN = 353;

    private final Viewers viewers;
    private final Limits limits;

    Identities(Viewers viewers, Limits limits) {
        this.viewers = viewers;
        this.limits = limits;
    }

    Plan plan(Viewer viewer, SubmissionEntry entry) {
        int id = entry.namespace();
        Optional<LogicalUnit> unit = NamespaceServer.unit(viewer, id);
        int cns = entry.dword(10) & 0xFF;
        boolean otherSet = entry.dword(11) >>> 24 != 0;
        return switch (cns) {
            case Cns.CONTROLLER -> NamespaceServer.send(entry, controller(viewer));
            case Cns.NAMESPACE, Cns.ALLOCATED_NAMESPACE -> namespace(entry, id, unit);
            case Cns.ACTIVE_NAMESPACES, Cns.ALLOCATED_NAMESPACES -> list(viewer, entry);
            case Cns.DESCRIPTORS ->
                unit.map(there -> NamespaceServer.send(entry, descriptors(there)))
                        .orElseGet(() -> new Plan.Refuse(Status.INVALID_NAMESPACE));
            case Cns.INDEPENDENT_NAMESPACE -> independent(entry, id, unit);
            case Cns.ATTACHED_CONTROLLERS ->
                unit.map(there -> controllers(viewer, entry, Optional.of(there)))
                        .orElseGet(() -> new Plan.Refuse(Status.INVALID_NAMESPACE));
            case Cns.CONTROLLERS -> controllers(viewer, entry, Optional.empty());
            case Cns.COMMAND_SETS -> NamespaceServer.send(entry, commandSets());
            case Cns.NVM_ACTIVE_NAMESPACES, Cns.NVM_ALLOCATED_NAMESPACES ->
                otherSet ? new Plan.Refuse(Status.INVALID_FIELD) : list(viewer, entry);
            // No extended formats, and no limits but the ones that Identify Namespace tells: zeros.
            case Cns.NVM_CONTROLLER -> otherSet ? new Plan.Refuse(Status.INVALID_FIELD) : zeros(entry);
            case Cns.NVM_NAMESPACE, Cns.NVM_ALLOCATED_NAMESPACE -> {
                if (otherSet) {
                    yield new Plan.Refuse(Status.INVALID_FIELD);
                }
                yield isPossible(id) ? zeros(entry) : new Plan.Refuse(Status.INVALID_NAMESPACE);
            }
            default -> new Plan.Refuse(Status.INVALID_FIELD);
        };
    }

    private ByteBuffer controller(Viewer viewer) {
        Subsystem subsystem = viewer.subsystem();
        return new IdentifyController()
                .serial(subsystem.serial())
                .model(subsystem.model())
                .firmware(subsystem.firmware())
                .oui(subsystem.oui())
                .sharing(SHARED)
                .maxTransfer(Integer.numberOfTrailingZeros(limits.maxTransferBytes() / STRUCTURE))
                .controllerId(viewer.controllerId())
                .version(VERSION)
                .events(Feature.NAMESPACE_EVENTS | Feature.ACCESS_EVENTS)
                .attributes(ATTRIBUTES)
                .type(IdentifyController.IO_CONTROLLER)
                .adminCommands(ADMIN_COMMANDS)
                .abortLimit(limits.abortRequests() - 1)
                .eventLimit(limits.eventRequests() - 1)
                .firmwareSlots(FIRMWARE_SLOTS)
                .logAttributes(LOGS)
                .errorEntries(ErrorLog.ENTRIES - 1)
                .temperatures(Settings.WARNING_KELVIN, CRITICAL_KELVIN)
                .keepAlive(limits.keepAliveUnit())
                .access(TRANSITION_SECONDS, ACCESS_STATES, ACCESS_GROUP, ACCESS_GROUP)
                .entrySizes(0x66, 0x44)
                .maxCommands(limits.maxCommands())
                .namespaces(NAMESPACES)
                .maxAllowedNamespaces(NAMESPACES)
                .nvmCommands(NVM_COMMANDS)
                .fused(FUSED)
                .atomicity(0, 0, CompareAndWrite.BLOCKS - 1)
                .writeCache(WRITE_CACHE)
                .writeProtection(1)
                .copyFormats(1)
                .sgls(SGLS)
                .subsystem(subsystem.nqn())
                .capsules((SubmissionEntry.BYTES + limits.inCapsuleBytes()) / 16, 1)
                .maxDescriptors(1)
                .bytes();
    }

    private static Plan namespace(SubmissionEntry entry, int id, Optional<LogicalUnit> unit) {
        if (id != EVERY_NAMESPACE && !isPossible(id)) {
            return new Plan.Refuse(Status.INVALID_NAMESPACE);
        }
        IdentifyNamespace data = new IdentifyNamespace();
        if (id == EVERY_NAMESPACE || unit.isPresent()) {
            data.features(IdentifyNamespace.THIN | IdentifyNamespace.UNIQUE_ID | IdentifyNamespace.PREFERENCES)
                    .sharing(1)
                    .reservations(NamespaceLimits.RESERVATIONS)
                    .deallocation(NamespaceLimits.DEALLOCATION)
                    .granularity(NamespaceLimits.GRANULARITY - 1, NamespaceLimits.GRANULARITY - 1)
                    .optimalWrite(NamespaceLimits.CHUNK - 1)
                    .copyLimits(NamespaceLimits.COPY_RANGE, NamespaceLimits.COPY, NamespaceLimits.COPY_RANGES - 1)
                    .accessGroup(ACCESS_GROUP)
                    .blockExponent(Integer.numberOfTrailingZeros(LogicalUnit.BLOCK_BYTES));
        }
        unit.ifPresent(there -> {
            long bytes = there.sizeBytes();
            data.size(bytes / LogicalUnit.BLOCK_BYTES)
                    .used((there.usedBytes() + LogicalUnit.BLOCK_BYTES - 1) / LogicalUnit.BLOCK_BYTES)
                    .capacityBytes(bytes)
                    .writeProtected(takesNoWrites(there))
                    .nguid(there.identity().nguidBytes());
        });
        return NamespaceServer.send(entry, data.bytes());
    }

    private static Plan independent(SubmissionEntry entry, int id, Optional<LogicalUnit> unit) {
        if (id != EVERY_NAMESPACE && !isPossible(id)) {
            return new Plan.Refuse(Status.INVALID_NAMESPACE);
        }
        IndependentNamespace data = new IndependentNamespace();
        unit.ifPresent(there -> data.features(IdentifyNamespace.UNIQUE_ID)
                .sharing(1)
                .reservations(NamespaceLimits.RESERVATIONS)
                .accessGroup(ACCESS_GROUP)
                .writeProtected(takesNoWrites(there))
                .ready(true));
        return NamespaceServer.send(entry, data.bytes());
    }

    private static boolean takesNoWrites(LogicalUnit unit) {
        return unit.condition().state().takesNoWrites();
    }

    /** No UUID: hosts would name the device after it instead of the NGUID. */
    private static ByteBuffer descriptors(LogicalUnit unit) {
        return new NamespaceDescriptors(
                        Optional.empty(), Optional.of(unit.identity().nguidBytes()), Optional.empty(), Optional.of(0))
                .encode();
    }

    private static Plan list(Viewer viewer, SubmissionEntry entry) {
        int after = entry.namespace();
        if (Integer.compareUnsigned(after, LAST_STARTING_ID) > 0) {
            return new Plan.Refuse(Status.INVALID_NAMESPACE);
        }
        List<Integer> ids = viewer.namespaces().keySet().stream()
                .filter(id -> Integer.compareUnsigned(id, after) > 0)
                .toList();
        return NamespaceServer.send(entry, NamespaceList.encode(ids));
    }

    private Plan controllers(Viewer viewer, SubmissionEntry entry, Optional<LogicalUnit> attached) {
        int first = entry.dword(10) >>> 16;
        List<Integer> ids = viewers.controllersOf(
                viewer.subsystem(),
                each -> each.controllerId() >= first
                        && attached.map(unit -> each.namespaceOf(unit).isPresent())
                                .orElse(true));
        return NamespaceServer.send(entry, ControllerList.encode(ids));
    }

    /** The one combination that there is: the NVM command set. */
    private static ByteBuffer commandSets() {
        return ByteBuffer.allocate(STRUCTURE).put(0, (byte) 1);
    }

    private static Plan zeros(SubmissionEntry entry) {
        return NamespaceServer.send(entry, ByteBuffer.allocate(STRUCTURE));
    }

    private static boolean isPossible(int id) {
        return id > 0 && id <= NAMESPACES;
    }
}
