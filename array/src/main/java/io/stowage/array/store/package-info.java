/**
 * The thin store: volumes of any size that cost what was written to them. Snapshots, clones and
 * restores take the same few steps however large a volume is, and reads take the same few steps however
 * many of them lie behind it. It knows nothing of names, hosts or protocols; its user keeps those in
 * records that change together with volumes. Begin at {@link io.stowage.array.store.DiskStore}.
 *
 * <h2>Files</h2>
 *
 * A folder with {@code data} (chunks of 64 KiB, sparse), {@code metadata} (pages of 4 KiB) and {@code
 * lock} (held by the process that has the store open). Format version 2; integers are big-endian,
 * checksums CRC-32C. Data has no checksums in this version: a file system below may have them.
 *
 * <pre>
 *  metadata, page 0, 1   two copies of superblock slot 0 (even generations), a sector each
 *  metadata, page 2, 3   two copies of superblock slot 1 (odd generations)
 *  metadata, page 4 ...  pages of trees, and blobs of the catalog, in any order
 *
 *  superblock ─► catalog (chain of blobs) ─► volume: size, root, sharedAt ─► branch ─► ... ─► leaf
 *                        └► records                                                            │
 *  data:  [chunk 0][chunk 1][chunk 2] ...   ◄── chunk, birth, and a bit for each of its 16 blocks
 * </pre>
 *
 * <p>A leaf maps 254 chunks of its volume (16 MiB), a branch leads to 254 pages below, so three levels
 * carry a terabyte. Each page holds its checksum, its own address and its birth, and each pointer the
 * birth of the page it means: a lost, misplaced or old page is found out like a damaged one, as {@link
 * io.stowage.array.store.StoreCorrupt}, and never served.
 *
 * <h2>Sharing</h2>
 *
 * The store has a time that passes with each snapshot and each commit. Pages and chunks carry the time
 * of their birth, a volume the time when its content was last shared ({@code sharedAt}). What was born
 * later belongs to the volume alone and is overwritten in place; anything else is copied first. So a
 * snapshot is a new row with the same root, and nothing else. What a range copy shares gets the birth 0 on
 * both sides, which is nobody's.
 *
 * <p>A chunk need not be whole: 16 bits tell which blocks of 4 KiB hold data. A small write takes a
 * chunk, but neither reads nor clears the rest of it; and nobody ever reads what a former owner left.
 *
 * <h2>No counts on disk</h2>
 *
 * How many references lead to a page or a chunk, and from where if it is one, is known in memory only (8
 * bytes for each). After opening, a scan in the background counts them from the trees; until it is done,
 * new chunks and pages come from behind the end of those in use, and nothing old is given back. So opening
 * takes no time, a commit writes no allocation maps, a crash can neither leak space nor free what is in
 * use, and what dies is taken apart at leisure: if that is interrupted, the next scan just doesn't find it.
 * The price is memory (128 MiB for a terabyte in use) and one read of the trees after each start (about 270
 * MB for a terabyte, at low cost as it is in no one's way). Stored counts, as dm-thin has them, were the
 * alternative: a second tree that each allocation dirties and that must itself be allocated from.
 *
 * <p>What a volume holds is counted on disk: each page knows how many blocks below it hold data. What it
 * holds alone follows from the references, {@link io.stowage.array.store.Ownership} tells how. So both
 * are known at once for every volume, whatever it holds and with whom it shares it.
 *
 * <h2>The catalog</h2>
 *
 * Volumes and records are in memory as a whole. A commit writes those that changed, as the next blob of a
 * chain, and with them a slice of all the others; when the slices have gone round, the chain before them
 * is dropped. So a commit costs what changed, however many volumes there are, without a pause now and then
 * for writing everything; and opening reads at most a few times what there is.
 *
 * <h2>Commits and crashes</h2>
 *
 * A flush (and each transaction) makes everything durable that was done before; those who wait share
 * one commit ({@link io.stowage.array.store.Commits}). The power may go at any of its steps:
 *
 * <ol>
 *   <li><em>Before it:</em> the last commit counts. Chunks written since are led to by nothing on disk.
 *       What was overwritten in place is old or new sector by sector, as on any disk without a flush.
 *       No chunk or page that the last commit leads to is used for anything else before a later commit
 *       is durable.
 *   <li><em>Data is synced:</em> as before; what trees will lead to is now durable first.
 *   <li><em>Pages and blobs are written and synced:</em> to places the last commit doesn't use, so torn
 *       ones are led to by nothing.
 *   <li><em>The superblock is written,</em> in two copies to the slot of the commit before the last. A
 *       sector is written whole or not at all: each copy is old or new. One new copy makes the commit
 *       count, and all it leads to is durable already. No new copy: the last commit counts, whose slot
 *       was not touched.
 *   <li><em>The superblock is synced:</em> flushes are acknowledged. What the commit let go of is given
 *       back: once every reader that may have looked it up has gone, holes are punched, and new writes
 *       may take it. A crash before that loses nothing, as the next scan finds it unused and punches
 *       again.
 * </ol>
 *
 * <p>So torn and corrupt can't be confused: a crash leaves only whole superblocks, and nothing torn
 * below them. A superblock copy that is neither old nor new is damage, healed from its twin; two in one
 * slot might have been the newest state, and the store refuses to open rather than to fall back in
 * silence. A page or blob that doesn't match is damage. Only a metadata file of nothing but superblocks
 * and no volume yet (a crash while it was made) is made anew.
 *
 * <p>After a failed sync nobody knows what the page cache has dropped: the store takes no more writes
 * until it is opened again. No space on the host is "full" for a write, which then changed nothing, and
 * for the pages of a commit, which the next flush writes first.
 *
 * <h2>Threads</h2>
 *
 * Reads take no lock but the shared side of a gate, and never wait for a sync. Writes in place neither.
 * Writes that need a chunk write the data first and lead to it last, one at a time for each volume.
 * Transactions close the gate for as long as their steps in memory take.
 */
@NullMarked
package io.stowage.array.store;

import org.jspecify.annotations.NullMarked;
