package io.stowage.nvme.log;

import io.stowage.nvme.Structure;
import java.nio.ByteBuffer;

/** Firmware Slot Information, log page 03h. Base 2.0, figure 209. */
public final class FirmwareLog extends Structure {
    public static final int BYTES = 512;

    private static final int REVISION = 8;

    public FirmwareLog() {
        super(BYTES);
    }

    /** The page at the buffer's position. */
    public FirmwareLog(ByteBuffer from) {
        super(from, BYTES);
    }

    /** AFI: bits 2..0 the slot that runs, 6..4 the one to run next. */
    public int active() {
        return byteAt(0);
    }

    public FirmwareLog active(int slots) {
        byteAt(0, slots);
        return this;
    }

    /** FRS1..7: the revision in a slot, at most 8 characters. */
    public String revision(int slot) {
        return textAt(REVISION * slot, REVISION);
    }

    public FirmwareLog revision(int slot, String revision) {
        textAt(REVISION * slot, REVISION, revision, ' ');
        return this;
    }
}
