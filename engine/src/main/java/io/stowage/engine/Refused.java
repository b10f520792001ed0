package io.stowage.engine;

import java.util.Objects;

/**
 * The engine will not do what was asked, or could not. The message is one sentence for the user that names what is
 * wrong; the kind says whose fault it is, and the server maps it to a status.
 */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Why something was refused. */
    public enum Kind {
        /** The request can't be right in any state of the system: a bad name, key, value or size. */
        BAD_INPUT,
        /** What the request names does not exist. */
        NOT_FOUND,
        /** The name is taken, here or on the array. */
        CONFLICT,
        /** What the request would delete is still in use. */
        IN_USE,
        /** It is not what the caller took it for: somebody changed it in between. */
        CHANGED,
        /** Possible, but not while the volume is attached as it is, or not for a process with these rights. */
        LOCKED,
        /** The array, or the pool's container on it, has no space left. */
        FULL,
        /** The array, or the host's connection to it, is out of reach; the same request may succeed later. */
        UNAVAILABLE,
        /** Not offered for this kind of object. */
        UNSUPPORTED,
        /** Cancelled on request. */
        CANCELLED,
        /** Anything else: a command, the kernel or the array failed in a way nobody foresaw. */
        FAILED
    }

    private final Kind kind;

    public Refused(Kind kind, String message) {
        super(message);
        this.kind = Objects.requireNonNull(kind);
    }

    public Refused(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = Objects.requireNonNull(kind);
    }

    public Kind kind() {
        return kind;
    }

    public static Refused badInput(String message) {
        return new Refused(Kind.BAD_INPUT, message);
    }

    public static Refused notFound(String message) {
        return new Refused(Kind.NOT_FOUND, message);
    }

    public static Refused conflict(String message) {
        return new Refused(Kind.CONFLICT, message);
    }

    public static Refused inUse(String message) {
        return new Refused(Kind.IN_USE, message);
    }

    public static Refused locked(String message) {
        return new Refused(Kind.LOCKED, message);
    }

    public static Refused unsupported(String message) {
        return new Refused(Kind.UNSUPPORTED, message);
    }
}
