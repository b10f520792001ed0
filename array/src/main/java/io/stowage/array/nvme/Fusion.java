package io.stowage.array.nvme;

import io.stowage.array.fault.Fault;
import io.stowage.array.fault.NvmeOutcome;
import io.stowage.array.namespace.FusedPlan;
import io.stowage.array.namespace.Plan;
import io.stowage.nvme.command.Status;
import io.stowage.nvme.command.SubmissionEntry;
import io.stowage.nvme.stream.DataDigestError;
import io.stowage.nvme.stream.PduReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings fused commands of an I/O queue together, which come one right after the other. Owned by the connection's thread.
 * Base 2.0, section 3.4.2.
 */
final class Fusion {
    private static final int FIRST = 1;
    private static final int SECOND = 2;
    private static final ByteBuffer NO_DATA = ByteBuffer.allocate(0);

    private final Controller controller;
    private final PduReader reader;
    private final Tasks tasks;
    private final Execution execution;
    private final CommandFaults faults;
    private @Nullable Half waiting;

    Fusion(Controller controller, PduReader reader, Tasks tasks, Execution execution, CommandFaults faults) {
        this.controller = controller;
        this.reader = reader;
        this.tasks = tasks;
        this.execution = execution;
        this.faults = faults;
    }

    /**
     * One of two commands.
     *
     * @param place what keeps its identifier taken until the second is there
     * @param data what its capsule brought
     */
    private record Half(SubmissionEntry entry, Task place, ByteBuffer data) {}

    /**
     * Looks at the next command of the queue, and ends a first one that this isn't the second of.
     *
     * @param isSound whether it could be carried out
     * @return whether it is a half, which is seen to
     */
    boolean takes(SubmissionEntry entry, boolean isSound) throws IOException {
        Half first = waiting;
        waiting = null;
        if (first != null) {
            tasks.end(first.place());
            if (isSound && entry.fused() == SECOND) {
                fuse(first, entry);
                return true;
            }
            execution.end(first.entry(), Status.FUSED_MISSING);
        }
        if (isSound && entry.fused() == FIRST) {
            waiting = half(entry);
            return true;
        }
        if (isSound && entry.fused() == SECOND) {
            execution.end(entry, Status.FUSED_MISSING);
            return true;
        }
        return false;
    }

    private Half half(SubmissionEntry entry) throws IOException {
        Task place = new Task(Asked.of(entry, false), Plan.DONE, Trouble.NONE);
        tasks.add(place);
        return new Half(entry.copy(), place, capsule(entry, place));
    }

    /** What its capsule brings, nothing if that is damaged. */
    private ByteBuffer capsule(SubmissionEntry entry, Task task) throws IOException {
        if (!Pointer.isInCapsule(entry)) {
            return NO_DATA;
        }
        try {
            ByteBuffer data = Pointer.inCapsule(entry, reader);
            return ByteBuffer.allocate(data.remaining()).put(data).flip();
        } catch (DataDigestError e) {
            tasks.doom(one -> one == task, Commands.TRANSPORT_ERROR);
            return NO_DATA;
        }
    }

    private void fuse(Half first, SubmissionEntry second) throws IOException {
        List<SubmissionEntry> entries = List.of(first.entry(), second);
        List<Optional<Fault<NvmeOutcome>>> troubles =
                entries.stream().map(faults::of).toList();
        if (troubles.stream()
                .flatMap(Optional::stream)
                .anyMatch(one -> one.outcome() instanceof NvmeOutcome.DropBefore)) {
            execution.drop();
        }
        FusedPlan plan = refusal(troubles).orElseGet(() -> controller.service().fused(first.entry(), second));
        switch (plan) {
            case FusedPlan.Refuse(FusedPlan.Endings endings) -> {
                execution.end(first.entry(), endings.first());
                execution.end(second, endings.second());
            }
            case FusedPlan.Run run -> {
                Task one = task(first.entry(), run, troubles.getFirst());
                Task other = task(second, run, troubles.getLast());
                FusedPair pair = new FusedPair(one, other, run);
                pair.tasks().forEach(task -> task.fuse(pair));
                pair.tasks().forEach(tasks::add);
                first.place().doom().ifPresent(why -> tasks.doom(task -> task == one, why));
                ByteBuffer data = capsule(second, other);
                gather(first.entry(), one, first.data());
                gather(second, other, data);
            }
        }
    }

    private static Optional<FusedPlan> refusal(List<Optional<Fault<NvmeOutcome>>> troubles) {
        for (int i = 0; i < troubles.size(); i++) {
            if (troubles.get(i).map(Fault::outcome).orElse(null) instanceof NvmeOutcome.Refuse(Status status)) {
                return Optional.of(
                        i == 0
                                ? new FusedPlan.Refuse(status, Status.FUSED_FAILED)
                                : new FusedPlan.Refuse(Status.FUSED_FAILED, status));
            }
        }
        return Optional.empty();
    }

    /** Its plan is only asked for what it needs: the pair is what is carried out. */
    private static Task task(SubmissionEntry entry, FusedPlan.Run run, Optional<Fault<NvmeOutcome>> fault) {
        Plan plan = new Plan.Run(Optional.of(run.unit()), 0, run.length(), Plan.Pace.SLOW, data -> {
            throw new IllegalStateException("fused");
        });
        return new Task(Asked.of(entry, false), plan, fault.map(Trouble::of).orElse(Trouble.NONE));
    }

    private void gather(SubmissionEntry entry, Task task, ByteBuffer data) throws IOException {
        if (Pointer.isInCapsule(entry)) {
            execution.begin(task, data);
        } else {
            execution.collect(task);
        }
    }
}
