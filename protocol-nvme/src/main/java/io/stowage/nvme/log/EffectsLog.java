package io.stowage.nvme.log;

import io.stowage.nvme.Structure;
import java.nio.ByteBuffer;

/** Commands Supported and Effects, log page 05h. Base 2.0, figures 210 and 211. */
public final class EffectsLog extends Structure {
    public static final int BYTES = 4096;

    /** CSUPP: the command is there. */
    public static final int SUPPORTED = 1;

    /** LBCC: it may change blocks. */
    public static final int CHANGES_DATA = 1 << 1;

    private static final int IO = 1024;

    public EffectsLog() {
        super(BYTES);
    }

    /** The page at the buffer's position. */
    public EffectsLog(ByteBuffer from) {
        super(from, BYTES);
    }

    /** Effects of an admin command; 0 if it isn't there. */
    public int admin(int opcode) {
        return intAt(Integer.BYTES * opcode);
    }

    public EffectsLog admin(int opcode, int effects) {
        intAt(Integer.BYTES * opcode, effects);
        return this;
    }

    /** Effects of an I/O command; 0 if it isn't there. */
    public int io(int opcode) {
        return intAt(IO + Integer.BYTES * opcode);
    }

    public EffectsLog io(int opcode, int effects) {
        intAt(IO + Integer.BYTES * opcode, effects);
        return this;
    }
}
