package io.stowage.host.fuse;

/**
 * What a server and the kernel agree on for one disk image; a successor must know it too.
 *
 * @param inode the number that stat(2) and the loop device report for the image: its identity
 * @param resends whether the kernel hands out unanswered requests again (Linux 6.9)
 */
public record Geometry(long inode, boolean resends) {
    /** Bytes of the largest read or write: larger ones are split by the kernel. */
    static final int MAX_TRANSFER = 256 * 1024;

    static final int PAGE = 4096;
    /** The request's own structures take less than a page; the kernel refuses buffers below 8 KiB. */
    static final int BUFFER = MAX_TRANSFER + PAGE;

    static final int MAX_BACKGROUND = 128;
    /** Reads and writes that are in the block source's hands at once. */
    static final int THREADS = 16;
}
