package io.stowage.server.view;

import io.stowage.engine.Operation;
import io.stowage.engine.Refused;
import java.util.Locale;

/** LXD's names and numbers for where an operation stands; from 200 on it is over. */
public enum OperationStatus {
    RUNNING(103, "Running"),
    CANCELLING(104, "Cancelling"),
    SUCCESS(200, "Success"),
    FAILURE(400, "Failure"),
    CANCELLED(401, "Cancelled");

    private final int code;
    private final String text;

    OperationStatus(int code, String text) {
        this.code = code;
        this.text = text;
    }

    public static OperationStatus of(Operation operation) {
        return switch (operation.state()) {
            case PLANNED, RUNNING -> RUNNING;
            case UNDOING -> operation.errorKind() == Refused.Kind.CANCELLED ? CANCELLING : RUNNING;
            case DONE -> SUCCESS;
            case FAILED -> FAILURE;
            case CANCELLED -> CANCELLED;
        };
    }

    public int code() {
        return code;
    }

    public String text() {
        return text;
    }

    /** The key under which lists of operations hold those of a status. */
    public static String key(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
