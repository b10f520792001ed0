package io.stowage.host.holder;

import io.stowage.system.SystemError;
import java.util.stream.Collectors;

/**
 * The lines that a server sends and the line that answers each:
 *
 * <pre>
 * timeout SECONDS    ok PID          how long to hold without a server; the holder's process id
 * hold KEY PID FD    ok              fetch the descriptor from that process; no guard any more
 * guard KEY PID N    ok              abort FUSE connection N when that process dies
 * release KEY        ok              neither hold nor guard; unknown keys are fine
 * list               ok KEY=FD …     descriptors as numbered in the holder
 *                    error TEXT      to anything that failed
 * </pre>
 */
final class HolderProtocol {
    static final int LINE_LIMIT = 64 * 1024;

    private final Held held;
    private long timeoutSeconds;

    HolderProtocol(Held held, long timeoutSeconds) {
        this.held = held;
        this.timeoutSeconds = timeoutSeconds;
    }

    long timeoutSeconds() {
        return timeoutSeconds;
    }

    String answer(String line) {
        String[] words = line.split(" ", -1);
        try {
            return switch (words[0]) {
                case "timeout" -> {
                    timeoutSeconds = Math.max(0, Long.parseLong(words[1]));
                    yield "ok " + ProcessHandle.current().pid();
                }
                case "hold" -> {
                    held.hold(words[1], Long.parseLong(words[2]), Integer.parseInt(words[3]));
                    yield "ok";
                }
                case "guard" -> {
                    held.guard(words[1], Long.parseLong(words[2]), Integer.parseInt(words[3]));
                    yield "ok";
                }
                case "release" -> {
                    held.release(words[1]);
                    yield "ok";
                }
                case "list" ->
                    held.all().entrySet().stream()
                            .map(each -> " " + each.getKey() + "=" + each.getValue())
                            .collect(Collectors.joining("", "ok", ""));
                default -> "error unknown request";
            };
        } catch (SystemError | NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return "error " + e.getMessage();
        }
    }
}
