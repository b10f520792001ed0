package io.stowage.engine.journal;

import io.stowage.database.DatabaseException;
import io.stowage.driver.ArrayException;
import io.stowage.driver.ArrayFull;
import io.stowage.driver.ArrayLacks;
import io.stowage.driver.ArrayUnauthorized;
import io.stowage.driver.ArrayUnreachable;
import io.stowage.driver.ArrayUntrusted;
import io.stowage.driver.ObjectExists;
import io.stowage.engine.Refused;
import io.stowage.engine.Refused.Kind;
import io.stowage.host.archive.MalformedArchive;
import io.stowage.host.connector.TargetUnreachable;
import io.stowage.host.export.DeviceBusy;
import io.stowage.host.filesystem.FileSystemRefused;
import io.stowage.host.filesystem.MountBusy;
import io.stowage.model.InvalidValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Turns what the rooms below throw into {@link Refused}. */
public final class Failures {
    private Failures() {}

    public static Refused of(RuntimeException failure) {
        return switch (failure) {
            case Refused refused -> refused;
            case InvalidValue invalid -> new Refused(Kind.BAD_INPUT, message(invalid), invalid);
            case ArrayException array -> new Refused(kind(array), message(array), array);
            case UncheckedIOException io -> new Refused(Kind.FAILED, message(io), io);
            case DatabaseException database -> new Refused(Kind.UNAVAILABLE, message(database), database);
            default -> new Refused(Kind.FAILED, message(failure), failure);
        };
    }

    public static Refused of(IOException failure) {
        Kind kind = switch (failure) {
            case MountBusy busy -> Kind.IN_USE;
            case DeviceBusy busy -> Kind.IN_USE;
            case FileSystemRefused refused -> Kind.BAD_INPUT;
            case MalformedArchive malformed -> Kind.BAD_INPUT;
            case TargetUnreachable unreachable -> Kind.UNAVAILABLE;
            default -> Kind.FAILED;
        };
        return new Refused(kind, message(failure), failure);
    }

    private static Kind kind(ArrayException failure) {
        return switch (failure) {
            case ArrayUnreachable unreachable -> Kind.UNAVAILABLE;
            case ArrayUntrusted untrusted -> Kind.BAD_INPUT;
            case ArrayUnauthorized unauthorized -> Kind.BAD_INPUT;
            case ArrayLacks lacks -> Kind.BAD_INPUT;
            case ArrayFull full -> Kind.FULL;
            case ObjectExists exists -> Kind.CONFLICT;
            default -> Kind.FAILED;
        };
    }

    private static String message(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    /** Runs a check; a value that is not allowed becomes {@link Refused}. */
    public static <T> T checked(Supplier<T> check) {
        try {
            return check.get();
        } catch (InvalidValue e) {
            throw of(e);
        }
    }

    /** Runs something that does I/O; its failure becomes {@link Refused}. */
    public static <T> T io(Callable<T> work) {
        try {
            return work.call();
        } catch (IOException e) {
            throw of(e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new Refused(Kind.FAILED, message(e), e);
        }
    }

    @FunctionalInterface
    public interface Action {
        void run() throws IOException;
    }

    public static void ioAction(Action action) {
        try {
            action.run();
        } catch (IOException e) {
            throw of(e);
        }
    }
}
