package io.stowage.array.namespace;

import io.stowage.nvme.command.Status;
import io.stowage.nvme.command.SubmissionEntry;
import io.stowage.nvme.identify.IdentifyController;
import java.nio.ByteBuffer;

/** Identify. Base 2.0, section 5.17. */
final class Identities {
    private static final int CONTROLLER = 0x01;

    /** NVMe 1.4. */
    private static final int VERSION = 0x0001_0400;

    private final Limits limits;

    Identities(Limits limits) {
        this.limits = limits;
    }

    Plan plan(Viewer viewer, SubmissionEntry entry) {
        return switch (entry.dword(10) & 0xFF) {
            case CONTROLLER -> NamespaceServer.send(entry, controller(viewer));
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
                .sharing(0x0B)
                .maxTransfer(Integer.numberOfTrailingZeros(limits.maxTransferBytes() / 4096))
                .controllerId(viewer.controllerId())
                .version(VERSION)
                .events(0x0900)
                .attributes(0x41)
                .type(IdentifyController.IO_CONTROLLER)
                .abortLimit(limits.abortRequests() - 1)
                .eventLimit(limits.eventRequests() - 1)
                .firmwareSlots(0x03)
                .logAttributes(0x06)
                .errorEntries(63)
                .keepAlive(limits.keepAliveUnit())
                .access(10, 0x1F, 1, 1)
                .entrySizes(0x66, 0x44)
                .maxCommands(limits.maxCommands())
                .namespaces(4095)
                .maxAllowedNamespaces(4095)
                .writeCache(0x07)
                .sgls(0x0030_0001)
                .subsystem(subsystem.nqn())
                .capsules((64 + limits.inCapsuleBytes()) / 16, 1)
                .maxDescriptors(1)
                .bytes();
    }
}
