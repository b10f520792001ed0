package io.stowage.nvme.log;

import io.stowage.nvme.Structure;
import java.nio.ByteBuffer;

/** Supported Log Pages, log page 00h. Base 2.0, figures 203 and 204. */
public final class SupportedLog extends Structure {
    public static final int BYTES = 1024;

    public SupportedLog() {
        super(BYTES);
    }

    /** The page at the buffer's position. */
    public SupportedLog(ByteBuffer from) {
        super(from, BYTES);
    }

    /** LSUPP: whether there is a log page with this identifier. */
    public boolean has(int page) {
        return (intAt(Integer.BYTES * page) & 1) != 0;
    }

    /** Adds log pages. */
    public SupportedLog with(int... pages) {
        for (int page : pages) {
            intAt(Integer.BYTES * page, 1);
        }
        return this;
    }
}
