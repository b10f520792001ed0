package io.stowage.host.archive;

import java.io.IOException;

/** A backup file that can't be read; the message is a sentence for its owner. */
public final class MalformedArchive extends IOException {
    private static final long serialVersionUID = 1;

    public MalformedArchive(String message) {
        super(message);
    }
}
