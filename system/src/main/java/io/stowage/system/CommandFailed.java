package io.stowage.system;

import java.io.IOException;

/** A program that could not be started, ended with an unexpected status, or did not end in time. */
public class CommandFailed extends IOException {
    private static final long serialVersionUID = 1;

    public CommandFailed(String message) {
        super(message);
    }
}
