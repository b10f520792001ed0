package io.stowage.array.nvme;

import io.stowage.array.core.LogicalUnit;
import io.stowage.array.namespace.Plan;
import io.stowage.array.net.UnderWay;
import io.stowage.nvme.command.Status;
import java.util.Optional;

/**
 * A command that is under way. Its stage is guarded by the {@link Tasks}; the rest is the connection thread's until the
 * task is handed on.
 */
final class Task extends UnderWay {
    private final Asked asked;
    private final Plan plan;
    private final Trouble trouble;
    private Optional<Status> doom = Optional.empty();
    private Optional<FusedPair> pair = Optional.empty();

    /**
     * A command that waits for its data.
     *
     * @param trouble what a tester wants to go wrong with it
     */
    Task(Asked asked, Plan plan, Trouble trouble) {
        this.asked = asked;
        this.plan = plan;
        this.trouble = trouble;
    }

    /** Its command identifier. */
    @Override
    public int tag() {
        return asked.id();
    }

    Asked asked() {
        return asked;
    }

    Plan plan() {
        return plan;
    }

    Trouble trouble() {
        return trouble;
    }

    /** Bytes that come from the host. */
    int wanted() {
        return plan instanceof Plan.Run run ? run.length() : 0;
    }

    /** Whether it may be carried out on the connection's own thread. */
    boolean isQuick() {
        return plan instanceof Plan.Run run && run.pace() == Plan.Pace.QUICK;
    }

    /** Whether it touches the data of this unit. */
    boolean touches(LogicalUnit unit) {
        return plan instanceof Plan.Run run && run.unit().filter(unit::equals).isPresent();
    }

    /** How it is to end, although its plan says otherwise; nothing usually. */
    Optional<Status> doom() {
        return doom;
    }

    /** The first one decides. */
    void doom(Status status) {
        if (doom.isEmpty()) {
            doom = Optional.of(status);
        }
    }

    /** The one that it is carried out with, if it is fused. */
    Optional<FusedPair> pair() {
        return pair;
    }

    void fuse(FusedPair with) {
        pair = Optional.of(with);
    }
}
