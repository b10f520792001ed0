package io.stowage.host.fuse;

/**
 * The messages of /dev/fuse that a disk image needs: linux/fuse.h, protocol 7.40, native byte order.
 * Each block lists the byte offsets in one structure.
 */
final class FuseWire {
    private FuseWire() {}

    static final int MAJOR = 7;
    /** The youngest minor version whose structures are written here. */
    static final int MINOR = 40;
    /** The only inode: FUSE_ROOT_ID. */
    static final long ROOT = 1;

    static final class Opcode {
        static final int FORGET = 2;
        static final int GETATTR = 3;
        static final int SETATTR = 4;
        static final int OPEN = 14;
        static final int READ = 15;
        static final int WRITE = 16;
        static final int STATFS = 17;
        static final int RELEASE = 18;
        static final int FSYNC = 20;
        static final int FLUSH = 25;
        static final int INIT = 26;
        static final int INTERRUPT = 36;
        static final int DESTROY = 38;
        static final int BATCH_FORGET = 42;
        static final int FALLOCATE = 43;
        static final int SYNCFS = 50;

        private Opcode() {}
    }

    /** struct fuse_in_header. */
    static final class In {
        static final int LENGTH = 0;
        static final int OPCODE = 4;
        static final int UNIQUE = 8;
        static final int SIZE = 40;

        private In() {}
    }

    /** struct fuse_out_header; in a notification the error is its code and unique is 0. */
    static final class Out {
        static final int LENGTH = 0;
        static final int ERROR = 4;
        static final int UNIQUE = 8;
        static final int SIZE = 16;

        private Out() {}
    }

    static final class Notify {
        static final int INVAL_INODE = 2;
        static final int RESEND = 7;

        private Notify() {}
    }

    /** struct fuse_init_in, after the header. */
    static final class InitIn {
        static final int MAJOR = In.SIZE;
        static final int MINOR = In.SIZE + 4;
        static final int MAX_READAHEAD = In.SIZE + 8;
        static final int FLAGS = In.SIZE + 12;
        static final int FLAGS2 = In.SIZE + 16;

        private InitIn() {}
    }

    /** struct fuse_init_out, after the header. */
    static final class InitOut {
        static final int MAJOR = Out.SIZE;
        static final int MINOR = Out.SIZE + 4;
        static final int MAX_READAHEAD = Out.SIZE + 8;
        static final int FLAGS = Out.SIZE + 12;
        static final int MAX_BACKGROUND = Out.SIZE + 16;
        static final int CONGESTION_THRESHOLD = Out.SIZE + 18;
        static final int MAX_WRITE = Out.SIZE + 20;
        static final int TIME_GRAN = Out.SIZE + 24;
        static final int MAX_PAGES = Out.SIZE + 28;
        static final int FLAGS2 = Out.SIZE + 32;
        static final int SIZE = 64;

        private InitOut() {}
    }

    /** Bits of the flags of INIT; those of flags2 are counted from 32. */
    static final class Init {
        static final long ASYNC_READ = 1;
        static final long BIG_WRITES = 1L << 5;
        static final long ASYNC_DIO = 1L << 15;
        static final long MAX_PAGES = 1L << 22;
        static final long INIT_EXT = 1L << 30;
        static final long HAS_RESEND = 1L << 39;

        private Init() {}
    }

    /** struct fuse_attr_out, after the header: validity, then struct fuse_attr. */
    static final class Attr {
        static final int VALID = Out.SIZE;
        static final int INODE = Out.SIZE + 16;
        static final int FILE_SIZE = Out.SIZE + 24;
        static final int BLOCKS = Out.SIZE + 32;
        static final int MODE = Out.SIZE + 76;
        static final int LINKS = Out.SIZE + 80;
        static final int BLOCK_SIZE = Out.SIZE + 96;
        static final int SIZE = 104;

        private Attr() {}
    }

    /** struct fuse_setattr_in, after the header. */
    static final class SetAttrIn {
        static final int VALID = In.SIZE;
        static final int FILE_SIZE = In.SIZE + 16;
        static final int VALID_SIZE = 1 << 3;

        private SetAttrIn() {}
    }

    /** struct fuse_open_out, after the header. */
    static final class OpenOut {
        static final int FLAGS = Out.SIZE + 8;
        static final int SIZE = 16;
        static final int DIRECT_IO = 1;
        static final int PARALLEL_DIRECT_WRITES = 1 << 6;

        private OpenOut() {}
    }

    /** struct fuse_read_in and struct fuse_write_in, after the header; data written follow. */
    static final class Io {
        static final int OFFSET = In.SIZE + 8;
        static final int LENGTH = In.SIZE + 16;
        static final int DATA = In.SIZE + 40;
        /** struct fuse_write_out. */
        static final int WRITTEN = Out.SIZE;

        static final int WRITE_OUT_SIZE = 8;

        private Io() {}
    }

    /** struct fuse_fallocate_in, after the header. */
    static final class FallocateIn {
        static final int OFFSET = In.SIZE + 8;
        static final int LENGTH = In.SIZE + 16;
        static final int MODE = In.SIZE + 24;

        private FallocateIn() {}
    }

    /** struct fuse_statfs_out, after the header. */
    static final class StatFs {
        static final int BLOCKS = Out.SIZE;
        static final int BLOCK_SIZE = Out.SIZE + 40;
        static final int NAME_LENGTH = Out.SIZE + 44;
        static final int FRAGMENT_SIZE = Out.SIZE + 48;
        static final int SIZE = 80;

        private StatFs() {}
    }
}
