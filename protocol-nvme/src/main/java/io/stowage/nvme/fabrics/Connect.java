package io.stowage.nvme.fabrics;

import io.stowage.nvme.command.SubmissionEntry;

/**
 * The Connect command, which makes a TCP connection a queue; its data are {@link ConnectData}. Base 2.0, section 6.3,
 * figure 385.
 *
 * @param format RECFMT: 0 is the only one
 * @param queue QID: 0 for the admin queue
 * @param lastEntry SQSIZE: entries of the submission queue, minus one
 * @param attributes CATTR
 * @param keepAliveMillis KATO; 0 for none, unsigned; for the admin queue only
 */
public record Connect(int format, int queue, int lastEntry, int attributes, int keepAliveMillis) {
    public static final int FORMAT_OFFSET = 40;
    public static final int QUEUE_OFFSET = 42;
    public static final int SIZE_OFFSET = 44;

    private static final int ATTRIBUTES_OFFSET = 46;
    private static final int KEEP_ALIVE = 12;

    /** The attribute that turns off flow control of the submission queue. */
    public static final int NO_FLOW_CONTROL = 1 << 2;

    public static Connect parse(SubmissionEntry entry) {
        return new Connect(
                entry.shortAt(FORMAT_OFFSET),
                entry.shortAt(QUEUE_OFFSET),
                entry.shortAt(SIZE_OFFSET),
                entry.byteAt(ATTRIBUTES_OFFSET),
                entry.dword(KEEP_ALIVE));
    }

    /** Makes an entry, all zeros, this command, its data in the capsule. */
    public void write(SubmissionEntry entry) {
        entry.opcode(FabricsCommand.OPCODE)
                .fabricsType(FabricsCommand.CONNECT)
                .data(SubmissionEntry.IN_CAPSULE, ConnectData.BYTES)
                .shortAt(FORMAT_OFFSET, format)
                .shortAt(QUEUE_OFFSET, queue)
                .shortAt(SIZE_OFFSET, lastEntry)
                .byteAt(ATTRIBUTES_OFFSET, attributes)
                .dword(KEEP_ALIVE, keepAliveMillis);
    }

    public boolean hasFlowControl() {
        return (attributes & NO_FLOW_CONTROL) == 0;
    }
}
