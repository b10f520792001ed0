package io.stowage.array.core;

/**
 * Reads and writes that were carried out, with what they moved and how long the array worked on them.
 *
 * @param reads commands, not pieces of their answers
 * @param readNanos working time of all reads together, without the time their data needed on the network
 */
public record Load(long reads, long readBytes, long readNanos, long writes, long writtenBytes, long writeNanos) {
    public static final Load NONE = new Load(0, 0, 0, 0, 0, 0);

    public Load plus(Load other) {
        return new Load(
                reads + other.reads,
                readBytes + other.readBytes,
                readNanos + other.readNanos,
                writes + other.writes,
                writtenBytes + other.writtenBytes,
                writeNanos + other.writeNanos);
    }

    Load minus(Load other) {
        return new Load(
                reads - other.reads,
                readBytes - other.readBytes,
                readNanos - other.readNanos,
                writes - other.writes,
                writtenBytes - other.writtenBytes,
                writeNanos - other.writeNanos);
    }
}
