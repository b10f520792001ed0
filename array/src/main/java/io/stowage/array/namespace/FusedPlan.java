package io.stowage.array.namespace;

import io.stowage.array.core.LogicalUnit;
import io.stowage.nvme.command.Status;
import java.nio.ByteBuffer;

/** What two fused commands need from the transport to be carried out as one. Base 2.0, section 3.4.2. */
public sealed interface FusedPlan {
    /** How both end. */
    record Endings(Ending first, Ending second) {
        public static Endings of(Status first, Status second) {
            return new Endings(Ending.of(first), Ending.of(second));
        }
    }

    /** Nothing was done. */
    record Refuse(Endings endings) implements FusedPlan {
        public Refuse(Status first, Status second) {
            this(Endings.of(first, second));
        }
    }

    /**
     * The action decides, once {@code length} bytes have come from the host for each of them. It takes as long as a disk
     * needs.
     *
     * @param unit whose data the action touches
     * @param written bytes to be counted as written to the unit if the second ends well
     */
    record Run(LogicalUnit unit, int written, int length, Action action) implements FusedPlan {}

    /** The work of both commands. */
    interface Action {
        /** Carries them out, if they still may be. Never throws for what the host or the store does. */
        Endings run(ByteBuffer first, ByteBuffer second);
    }
}
