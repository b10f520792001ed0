package io.stowage.host.remote;

import java.time.Duration;

/**
 * Limits of an initiator.
 *
 * @param queueDepth commands of one session at a time, 1 to 256; the target's window may allow fewer
 * @param connectTimeout for a TCP connection
 * @param loginTimeout for a login, in which the target may have to end an older session's commands
 * @param pingEvery how long a connection may be silent before it is pinged
 * @param pingTimeout how long after that it is given up
 * @param commandTimeout how long a command may stay unanswered before its connection is given up
 * @param fenceBound how long an unreachable portal keeps commands from another one; a target has noticed by then that
 *     the connection is dead
 * @param retryDelay between two rounds of connecting, or two tries of a command that the target asks to repeat later
 * @param attachTimeout for attaching and growing
 * @param missingGrace how long a unit may be missing on a target that answers before its commands fail
 * @param keptBytes memory per unit for acknowledged writes that are not flushed yet, at least 2 MiB
 */
public record InitiatorOptions(
        int queueDepth,
        Duration connectTimeout,
        Duration loginTimeout,
        Duration pingEvery,
        Duration pingTimeout,
        Duration commandTimeout,
        Duration fenceBound,
        Duration retryDelay,
        Duration attachTimeout,
        Duration missingGrace,
        int keptBytes) {

    /** For real networks. */
    public static final InitiatorOptions DEFAULT = new InitiatorOptions(
            64,
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(90),
            Duration.ofSeconds(90),
            Duration.ofMillis(250),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            16 << 20);

    public InitiatorOptions {
        if (queueDepth < 1 || queueDepth > 256) {
            throw new IllegalArgumentException("queue depth " + queueDepth + ": must be 1 to 256");
        }
        if (keptBytes < 2 << 20 || keptBytes % 4096 != 0) {
            throw new IllegalArgumentException(
                    "kept bytes " + keptBytes + ": must be " + (2 << 20) + " or more, a multiple of 4096");
        }
    }

    /** The same with another bound for fencing. */
    public InitiatorOptions withFenceBound(Duration bound) {
        return new InitiatorOptions(
                queueDepth,
                connectTimeout,
                loginTimeout,
                pingEvery,
                pingTimeout,
                commandTimeout,
                bound,
                retryDelay,
                attachTimeout,
                missingGrace,
                keptBytes);
    }

    /** The same with other times for noticing a silent connection. */
    public InitiatorOptions withPings(Duration every, Duration timeout) {
        return new InitiatorOptions(
                queueDepth,
                connectTimeout,
                loginTimeout,
                every,
                timeout,
                commandTimeout,
                fenceBound,
                retryDelay,
                attachTimeout,
                missingGrace,
                keptBytes);
    }

    /** The same with another time for attaching. */
    public InitiatorOptions withAttachTimeout(Duration timeout) {
        return new InitiatorOptions(
                queueDepth,
                connectTimeout,
                loginTimeout,
                pingEvery,
                pingTimeout,
                commandTimeout,
                fenceBound,
                retryDelay,
                timeout,
                missingGrace,
                keptBytes);
    }
}
