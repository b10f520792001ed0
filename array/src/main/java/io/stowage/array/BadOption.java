package io.stowage.array;

/** The program can't run as it was asked to; the message is one sentence for the person who asked. */
public final class BadOption extends Exception {
    private static final long serialVersionUID = 1L;

    private final String sentence;

    BadOption(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    /** The message. */
    public String sentence() {
        return sentence;
    }
}
