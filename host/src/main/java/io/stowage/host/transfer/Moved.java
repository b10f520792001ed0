package io.stowage.host.transfer;

/**
 * What a transfer cost. Bytes.
 *
 * @param read from the source
 * @param compared read from the target, to be compared
 * @param written as data
 * @param zeroed without data on the way
 */
public record Moved(long read, long compared, long written, long zeroed) {
    public static final Moved NOTHING = new Moved(0, 0, 0, 0);

    public Moved plus(Moved other) {
        return new Moved(read + other.read, compared + other.compared, written + other.written, zeroed + other.zeroed);
    }
}
