package io.stowage.host.filesystem;

import java.io.IOException;

/** A file system can't do what was asked, on this machine or at all; the message is one sentence for a user. */
public final class FileSystemRefused extends IOException {
    private static final long serialVersionUID = 1;

    public FileSystemRefused(String message) {
        super(message);
    }
}
