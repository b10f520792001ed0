package io.stowage.array.store;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A volume or snapshot of a store. All calls may come from many threads at once; what overlaps and is
 * concurrent happens in some order, and torn by sectors at worst, as on any disk. Offsets and lengths
 * are in bytes, of any alignment; a range beyond the size is an {@link IndexOutOfBoundsException}. A
 * volume that was deleted answers {@link NoSuchVolume}.
 */
public interface StoredVolume {
    /** {@link #copyFrom} shares pieces of this many bytes and copies what is left of them at the edges. */
    int SHARED_BYTES = Format.CHUNK;

    /** The id, unique in the store for ever. */
    long id();

    /** The size in bytes as of now. */
    long size();

    /** Whether it is a snapshot: writes and discards are an {@link IllegalStateException}. */
    boolean readOnly();

    /**
     * Fills the rest of {@code into} from {@code offset}; what was never written reads as zeros. Takes
     * the same few steps however many snapshots lie behind the volume, and never waits for a flush.
     *
     * @throws StoreCorrupt if metadata on the way is damaged
     */
    void read(long offset, ByteBuffer into);

    /**
     * Writes the rest of {@code from} at {@code offset}. Visible to every later read; durable after a
     * later {@link #flush}. {@code from} is consumed only when the write succeeds.
     *
     * @throws StoreFull if there is no space; nothing was written then
     */
    void write(long offset, ByteBuffer from);

    /**
     * Lets go of a range: it reads as zeros, and whole blocks of 4 KiB in it give their space back.
     * Durable after a later {@link #flush}. Cheap for ranges of any length.
     *
     * @throws StoreFull if the edge of the range lies in a block shared with a snapshot and there is no
     *     space for its copy
     */
    void discard(long offset, long length);

    /**
     * Gives a range the content of another range, of this or of another volume or snapshot of the same
     * store; what was never written there reads as zeros here. Where both offsets are equally far behind
     * a multiple of {@link #SHARED_BYTES}, whole pieces are shared: that takes a few steps for each piece
     * and no space, whatever is written to either side later. The rest is copied byte by byte. Durable
     * after a later {@link #flush}. Like a write it is not one step: who looks meanwhile, and who comes
     * after a crash or a failure, may find only some of it done.
     *
     * @throws IllegalArgumentException if {@code source} is of another store, or the two ranges overlap
     * @throws StoreFull if there is no space for what is copied
     * @throws StoreCorrupt if metadata on the way is damaged
     */
    void copyFrom(StoredVolume source, long sourceOffset, long offset, long length);

    /**
     * Makes everything durable that was acknowledged before the call, in all volumes of the store.
     * Callers that wait at the same time share one sync of the disk.
     *
     * @throws StoreFailed if the disk can't; the store takes no more writes then
     * @throws StoreFull if the file system below has no space for metadata; may be repeated
     */
    void flush();

    /**
     * The ranges within {@code offset} and {@code length} that hold data, in order, neighbours joined,
     * in blocks of 4 KiB cut at the range's ends; at most {@code limit} of them.
     */
    List<Extent> allocated(long offset, long length, int limit);

    /** The bytes that hold data (blocks of 4 KiB), shared or not. Cheap whatever the volume holds. */
    long allocatedBytes();

    /**
     * What would come back if this volume alone were deleted: the chunks of 64 KiB that nothing else leads
     * to. Cheap whatever the volume holds; the first questions after opening wait until the store has
     * counted its references (about a second for each TiB in use). 0 when the volume was deleted.
     */
    long exclusiveBytes();
}
