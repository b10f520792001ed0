package io.stowage.array.scsi;

import io.stowage.array.core.LogicalUnit;
import io.stowage.iscsi.scsi.Sense;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalInt;

/** What a command needs from the transport to be carried out. Lengths are in bytes. */
public sealed interface Plan {

    /** CHECK CONDITION with this sense; nothing was done. */
    record Refuse(Sense sense) implements Plan {}

    /** GOOD without data. */
    Plan GOOD = new Send(ByteBuffer.allocate(0));

    /** RESERVATION CONFLICT: somebody else's reservation keeps the command out. */
    record Conflict() implements Plan {}

    /** BUSY: there is no room for the command just now; the initiator tries again. */
    record Busy() implements Plan {}

    /** GOOD, with these bytes for the initiator. They are cut to the allocation length already. */
    record Send(ByteBuffer data) implements Plan {}

    /** GOOD, with this range of the unit for the initiator. */
    record Read(LogicalUnit unit, long offset, long length) implements Plan {}

    /**
     * The action decides, once {@code length} bytes have come from the initiator.
     *
     * @param length bytes the command wants; 0 for none
     */
    record Run(int length, Shortfall shortfall, Pace pace, Action action) implements Plan {
        /** All of the data or nothing. */
        Run(int length, Pace pace, Action action) {
            this(length, Shortfall.REFUSED, pace, action);
        }

        /**
         * Bytes to hand to the action when the initiator is ready to send this many.
         *
         * @return nothing if the command can't be carried out with so few
         */
        public OptionalInt lengthFor(long offered) {
            if (offered >= length) {
                return OptionalInt.of(length);
            }
            boolean wholeBlocks = offered % LogicalUnit.BLOCK_BYTES == 0;
            return shortfall == Shortfall.WRITTEN_IN_PART && wholeBlocks
                    ? OptionalInt.of((int) offered)
                    : OptionalInt.empty();
        }
    }

    /** What becomes of a command whose initiator sends less than it asks for. */
    enum Shortfall {
        /** Nothing is done. */
        REFUSED,
        /** The whole blocks that come are written, as libiscsi's suite demands. */
        WRITTEN_IN_PART
    }

    /** How long an action may take. */
    enum Pace {
        /** As long as a copy to the page cache: may run on a connection's own thread. */
        QUICK,
        /** As long as a disk needs: must not keep a connection from answering pings. */
        SLOW
    }

    /** The work of a command. */
    interface Action {
        /**
         * Carries the command out.
         *
         * @param data as many bytes as the plan asked for, position 0
         * @throws IOException the unit failed; see {@link DeviceServer#senseOf}
         */
        Ending run(ByteBuffer data) throws IOException;
    }
}
