package io.stowage.cli;

/** What was asked for can't be done; the message is the sentence for the user. */
final class Wrong extends RuntimeException {
    Wrong(String message) {
        super(message);
    }
}
