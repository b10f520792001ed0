package io.stowage.array.store;

import java.io.IOException;

/** The host's way to say that its disk is full: the JDK gives it as a text only (strerror of ENOSPC, EDQUOT). */
final class NoSpace {
    private NoSpace() {}

    static boolean is(IOException e) {
        String message = e.getMessage();
        return message != null
                && (message.contains("No space left on device") || message.contains("Disk quota exceeded"));
    }
}
