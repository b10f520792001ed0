package io.stowage.array.fault;

/** A line on the control socket that can't be carried out; the message is one sentence for the tester. */
public final class BadControl extends Exception {
    private static final long serialVersionUID = 1L;

    public BadControl(String sentence) {
        super(sentence);
    }

    public static BadControl invalid(String key, Object value, String allowed) {
        return new BadControl("Invalid value %s for \"%s\": must be %s.".formatted(value, key, allowed));
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
