package io.stowage.host.rsync;

/** What a copy on this machine finds where it writes to. */
public enum RsyncOnto {
    /** Next to nothing. */
    EMPTY,
    /** Much the same: each file's content is compared, whatever its date and size say. */
    SIMILAR
}
