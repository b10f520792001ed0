package io.stowage.host.fuse;

import io.stowage.system.Errno;
import io.stowage.system.Libc;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Carries out one request at a time: the request lies in the buffer, and the reply takes its place.
 * Used by one thread. The buffer is as long as the largest request.
 */
final class FuseReplies {
    /** No reply is due. */
    static final int NONE = 0;

    private static final int BLOCK = 512;
    private static final int IMAGE_MODE = 0100600;
    // Long enough to be for ever: attributes change only when we say so (FuseConnection.forgetAttributes).
    private static final long VALID_SECONDS = 10L * 365 * 24 * 3600;

    private final FuseDisk disk;
    private final ByteBuffer buffer;

    FuseReplies(FuseDisk disk, ByteBuffer buffer) {
        this.disk = disk;
        this.buffer = buffer;
    }

    /**
     * Answers the request in the buffer.
     *
     * @return the length of the reply, or {@link #NONE}
     * @throws IOException the block source failed: {@link #fail} makes a reply of that
     */
    int answer() throws IOException {
        return switch (buffer.getInt(FuseWire.In.OPCODE)) {
            case FuseWire.Opcode.READ -> read();
            case FuseWire.Opcode.WRITE -> write();
            case FuseWire.Opcode.FSYNC, FuseWire.Opcode.SYNCFS -> {
                disk.source().flush();
                yield done();
            }
            case FuseWire.Opcode.FALLOCATE -> fallocate();
            case FuseWire.Opcode.GETATTR -> attributes();
            case FuseWire.Opcode.SETATTR -> setAttributes();
            case FuseWire.Opcode.OPEN -> open();
            case FuseWire.Opcode.STATFS -> statFs();
            case FuseWire.Opcode.FLUSH, FuseWire.Opcode.RELEASE, FuseWire.Opcode.DESTROY -> done();
            case FuseWire.Opcode.INIT -> init();
            case FuseWire.Opcode.FORGET, FuseWire.Opcode.BATCH_FORGET, FuseWire.Opcode.INTERRUPT -> NONE;
            default -> fail(Errno.ENOSYS);
        };
    }

    /** A reply that carries an error only. */
    int fail(int errno) {
        header(FuseWire.Out.SIZE, -errno);
        return FuseWire.Out.SIZE;
    }

    private int done() {
        return fail(0);
    }

    private int reply(int length) {
        header(FuseWire.Out.SIZE + length, 0);
        return FuseWire.Out.SIZE + length;
    }

    // The unique number is at the same place in both headers and stays.
    private void header(int length, int error) {
        buffer.putInt(FuseWire.Out.LENGTH, length).putInt(FuseWire.Out.ERROR, error);
    }

    private void clear(int length) {
        for (int i = 0; i < length; i += 8) {
            buffer.putLong(FuseWire.Out.SIZE + i, 0);
        }
    }

    private int read() throws IOException {
        long offset = buffer.getLong(FuseWire.Io.OFFSET);
        int wanted = buffer.getInt(FuseWire.Io.LENGTH);
        long left = Math.max(0, disk.source().size() - offset);
        int length = (int) Math.min(left, Integer.toUnsignedLong(wanted));
        if (wanted < 0 || wanted > Geometry.MAX_TRANSFER || !aligned(offset, length)) {
            return fail(Errno.EINVAL);
        }
        if (length > 0) {
            disk.source().read(offset, buffer.slice(FuseWire.Out.SIZE, length));
        }
        return reply(length);
    }

    private int write() throws IOException {
        long offset = buffer.getLong(FuseWire.Io.OFFSET);
        int length = buffer.getInt(FuseWire.Io.LENGTH);
        if (length < 0 || length > Geometry.MAX_TRANSFER || !aligned(offset, length)) {
            return fail(Errno.EINVAL);
        }
        if (offset + length > disk.source().size()) {
            return fail(Errno.ENOSPC);
        }
        disk.source().write(offset, buffer.slice(FuseWire.Io.DATA, length));
        clear(FuseWire.Io.WRITE_OUT_SIZE);
        buffer.putInt(FuseWire.Io.WRITTEN, length);
        return reply(FuseWire.Io.WRITE_OUT_SIZE);
    }

    private int fallocate() throws IOException {
        long offset = buffer.getLong(FuseWire.FallocateIn.OFFSET);
        long length = buffer.getLong(FuseWire.FallocateIn.LENGTH);
        int mode = buffer.getInt(FuseWire.FallocateIn.MODE);
        if (length < 0
                || !aligned(offset, length)
                || offset + length > disk.source().size()) {
            return fail(Errno.EINVAL);
        }
        switch (mode) {
            // The loop device sends this for discards and for zeroes that need no space (drivers/block/loop.c).
            case Libc.FALLOC_FL_PUNCH_HOLE | Libc.FALLOC_FL_KEEP_SIZE ->
                disk.source().discard(offset, length);
            case Libc.FALLOC_FL_ZERO_RANGE, Libc.FALLOC_FL_ZERO_RANGE | Libc.FALLOC_FL_KEEP_SIZE ->
                disk.source().writeZeroes(offset, length);
            default -> {
                return fail(Errno.EOPNOTSUPP);
            }
        }
        return done();
    }

    private static boolean aligned(long offset, long length) {
        return offset >= 0 && (offset | length) % BLOCK == 0;
    }

    private int attributes() {
        clear(FuseWire.Attr.SIZE);
        long size = disk.source().size();
        buffer.putLong(FuseWire.Attr.VALID, VALID_SECONDS)
                .putLong(FuseWire.Attr.INODE, disk.inode())
                .putLong(FuseWire.Attr.FILE_SIZE, size)
                .putLong(FuseWire.Attr.BLOCKS, size / BLOCK)
                .putInt(FuseWire.Attr.MODE, IMAGE_MODE)
                .putInt(FuseWire.Attr.LINKS, 1)
                .putInt(FuseWire.Attr.BLOCK_SIZE, Geometry.PAGE);
        return reply(FuseWire.Attr.SIZE);
    }

    private int setAttributes() {
        boolean resizes = (buffer.getInt(FuseWire.SetAttrIn.VALID) & FuseWire.SetAttrIn.VALID_SIZE) != 0;
        if (resizes
                && buffer.getLong(FuseWire.SetAttrIn.FILE_SIZE) != disk.source().size()) {
            return fail(Errno.EPERM);
        }
        return attributes();
    }

    private int open() {
        clear(FuseWire.OpenOut.SIZE);
        buffer.putInt(FuseWire.OpenOut.FLAGS, FuseWire.OpenOut.DIRECT_IO | FuseWire.OpenOut.PARALLEL_DIRECT_WRITES);
        return reply(FuseWire.OpenOut.SIZE);
    }

    private int statFs() {
        clear(FuseWire.StatFs.SIZE);
        buffer.putLong(FuseWire.StatFs.BLOCKS, disk.source().size() / Geometry.PAGE)
                .putInt(FuseWire.StatFs.BLOCK_SIZE, Geometry.PAGE)
                .putInt(FuseWire.StatFs.NAME_LENGTH, 255)
                .putInt(FuseWire.StatFs.FRAGMENT_SIZE, Geometry.PAGE);
        return reply(FuseWire.StatFs.SIZE);
    }

    private int init() {
        long offered = Integer.toUnsignedLong(buffer.getInt(FuseWire.InitIn.FLAGS));
        if ((offered & FuseWire.Init.INIT_EXT) != 0) {
            offered |= Integer.toUnsignedLong(buffer.getInt(FuseWire.InitIn.FLAGS2)) << 32;
        }
        int minor = Math.min(buffer.getInt(FuseWire.InitIn.MINOR), FuseWire.MINOR);
        int readahead = buffer.getInt(FuseWire.InitIn.MAX_READAHEAD);
        long taken = offered
                & (FuseWire.Init.ASYNC_READ
                        | FuseWire.Init.BIG_WRITES
                        | FuseWire.Init.ASYNC_DIO
                        | FuseWire.Init.MAX_PAGES
                        | FuseWire.Init.INIT_EXT
                        | FuseWire.Init.HAS_RESEND);
        clear(FuseWire.InitOut.SIZE);
        buffer.putInt(FuseWire.InitOut.MAJOR, FuseWire.MAJOR)
                .putInt(FuseWire.InitOut.MINOR, minor)
                .putInt(FuseWire.InitOut.MAX_READAHEAD, readahead)
                .putInt(FuseWire.InitOut.FLAGS, (int) taken)
                .putInt(FuseWire.InitOut.FLAGS2, (int) (taken >>> 32))
                .putShort(FuseWire.InitOut.MAX_BACKGROUND, (short) Geometry.MAX_BACKGROUND)
                .putShort(FuseWire.InitOut.CONGESTION_THRESHOLD, (short) (Geometry.MAX_BACKGROUND * 3 / 4))
                .putInt(FuseWire.InitOut.MAX_WRITE, Geometry.MAX_TRANSFER)
                .putInt(FuseWire.InitOut.TIME_GRAN, 1)
                .putShort(FuseWire.InitOut.MAX_PAGES, (short) (Geometry.MAX_TRANSFER / Geometry.PAGE));
        disk.initialized((taken & FuseWire.Init.HAS_RESEND) != 0);
        return reply(FuseWire.InitOut.SIZE);
    }
}
