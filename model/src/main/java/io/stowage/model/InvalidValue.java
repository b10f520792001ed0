package io.stowage.model;

/** A value given by a person is not allowed. The message is one sentence that names the value and what is allowed. */
public final class InvalidValue extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    public InvalidValue(String sentence) {
        super(sentence);
        this.reason = sentence;
    }

    /** As in: Invalid <i>size</i> "<i>10G</i>": <i>why, and what is allowed</i>. */
    public InvalidValue(String what, String value, String reason) {
        super("Invalid %s \"%s\": %s".formatted(what, value, reason));
        this.reason = reason;
    }

    /** What is wrong, without the value: for callers that name it themselves, or must not. */
    public String reason() {
        return reason;
    }
}
