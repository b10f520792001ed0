package io.stowage.server;

/** The command line can't be followed; the message is one sentence for the user. */
final class BadOption extends Exception {
    private static final long serialVersionUID = 1;

    BadOption(String sentence) {
        super(sentence);
    }
}
