package io.stowage.cli;

import java.util.function.Consumer;

/** Shows how far an operation is, on one line of standard error; silent when that is not a terminal. */
final class Progress implements Consumer<String>, AutoCloseable {
    private final boolean visible = System.console() != null && System.console().isTerminal();
    private int width;

    @Override
    public void accept(String text) {
        if (visible) {
            System.err.print("\r" + text + " ".repeat(Math.max(0, width - text.length())));
            width = text.length();
        }
    }

    @Override
    public void close() {
        if (width > 0) {
            System.err.print("\r" + " ".repeat(width) + "\r");
        }
    }
}
