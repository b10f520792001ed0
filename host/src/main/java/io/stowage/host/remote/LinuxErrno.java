package io.stowage.host.remote;

/** Error numbers of block I/O, as Linux gives them (drivers/scsi/scsi_lib.c, drivers/nvme/host/core.c; errno.h). */
public final class LinuxErrno {
    public static final int EIO = 5;
    public static final int ENODEV = 19;
    public static final int ENOSPC = 28;
    public static final int EROFS = 30;
    public static final int EBADE = 52;
    public static final int EOPNOTSUPP = 95;

    private LinuxErrno() {}
}
