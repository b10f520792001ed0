package io.stowage.web.json;

/** Text that isn't JSON, or not of the expected shape. The message is one sentence for the sender. */
public final class MalformedJson extends RuntimeException {
    private static final long serialVersionUID = 1;

    MalformedJson(String message, Throwable cause) {
        super(message, cause);
    }
}
