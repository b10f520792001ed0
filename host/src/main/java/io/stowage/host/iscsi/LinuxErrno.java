package io.stowage.host.iscsi;

/** Error numbers of block I/O, as Linux' SCSI layer gives them (drivers/scsi/scsi_lib.c; errno.h). */
final class LinuxErrno {
    static final int EIO = 5;
    static final int ENODEV = 19;
    static final int ENOSPC = 28;
    static final int EROFS = 30;
    static final int EBADE = 52;
    static final int EOPNOTSUPP = 95;

    private LinuxErrno() {}
}
