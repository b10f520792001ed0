package io.stowage.array.nvme;

import io.stowage.array.namespace.Ending;
import io.stowage.nvme.command.AdminOpcode;
import io.stowage.nvme.command.Status;
import io.stowage.nvme.command.SubmissionEntry;
import java.io.IOException;
import java.util.Optional;

/** The commands of an admin queue that are about queues and not about namespaces. */
final class AdminCommands {
    private static final int QUEUE_COUNT = 0x07;
    private static final int KEEP_ALIVE_TIMER = 0x0F;
    private static final int CAPABILITIES = 3;
    private static final int CHANGEABLE = 4;
    private static final int NOT_A_COUNT = 0xFFFF;

    /** Dword 0 of an Abort that did nothing. Base 2.0, figure 145. */
    private static final int NOT_ABORTED = 1;

    /** KATO is rounded up to whole seconds: KAS is 10. Base 2.0, section 3.9. */
    private static final long KEEP_ALIVE_UNIT = 1000;

    private final Controller controller;

    AdminCommands(Controller controller) {
        this.controller = controller;
    }

    /** How a command ends at once; nothing for those that others answer. */
    Optional<Ending> run(SubmissionEntry entry) throws IOException {
        return switch (entry.opcode()) {
            case AdminOpcode.KEEP_ALIVE -> Optional.of(Ending.GOOD);
            case AdminOpcode.ABORT -> Optional.of(abort(entry));
            case AdminOpcode.SET_FEATURES ->
                switch (entry.dword(10) & 0xFF) {
                    case QUEUE_COUNT -> Optional.of(setQueueCount(entry.dword(11)));
                    case KEEP_ALIVE_TIMER -> Optional.of(setKeepAlive(entry.dword(11)));
                    default -> Optional.empty();
                };
            case AdminOpcode.GET_FEATURES ->
                switch (entry.dword(10) & 0xFF) {
                    case QUEUE_COUNT -> Optional.of(feature(entry, queueCount()));
                    case KEEP_ALIVE_TIMER -> Optional.of(feature(entry, controller.keepAliveMillis()));
                    default -> Optional.empty();
                };
            default -> Optional.empty();
        };
    }

    private Ending setQueueCount(int wanted) {
        int submission = wanted & 0xFFFF;
        int completion = wanted >>> 16;
        if (!controller.service().hasQueues() || submission == NOT_A_COUNT || completion == NOT_A_COUNT) {
            return Ending.of(Status.INVALID_FIELD);
        }
        if (controller.hasIoQueues()) {
            return Ending.of(Status.COMMAND_SEQUENCE_ERROR);
        }
        int most = controller.admin().surroundings().allowance().crowd().ioQueues();
        controller.grant(Math.min(most, Math.min(submission, completion) + 1));
        return new Ending(Status.SUCCESS, queueCount());
    }

    private long queueCount() {
        long last = Math.max(controller.granted() - 1, 0);
        return last | last << 16;
    }

    private Ending setKeepAlive(int millis) {
        long wanted = Integer.toUnsignedLong(millis);
        controller.keepAlive((wanted + KEEP_ALIVE_UNIT - 1) / KEEP_ALIVE_UNIT * KEEP_ALIVE_UNIT);
        return Ending.GOOD;
    }

    private static Ending feature(SubmissionEntry entry, long value) {
        boolean asksCapabilities = (entry.dword(10) >>> 8 & 7) == CAPABILITIES;
        return new Ending(Status.SUCCESS, asksCapabilities ? CHANGEABLE : value);
    }

    /** Base 2.0, section 5.1. */
    private Ending abort(SubmissionEntry entry) throws IOException {
        int queue = entry.dword(10) & 0xFFFF;
        int commandId = entry.dword(10) >>> 16;
        boolean aborted = queue == 0 && controller.events().withdraw(commandId);
        if (aborted) {
            controller.adminReplies().orElseThrow().end(commandId, Status.ABORT_REQUESTED);
        } else {
            aborted = controller
                    .queue(queue)
                    .flatMap(Connection::commands)
                    .filter(commands -> commands.execution().abort(commandId))
                    .isPresent();
        }
        return new Ending(Status.SUCCESS, aborted ? 0 : NOT_ABORTED);
    }
}
