package io.stowage.web;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How long what is sent over a WebSocket may take to leave. */
public enum SendLimit {
    /** A message by itself. */
    MESSAGE(30),
    /** One of many: who gets much may for a while be busy with what it got. */
    DATA(600);

    private final int seconds;

    SendLimit(int seconds) {
        this.seconds = seconds;
    }

    /**
     * Waits until it has left.
     *
     * @param other who gets it, for messages such as {@code The client is gone}
     * @throws IOException it hasn't
     */
    public void await(CompletableFuture<?> sent, String other) throws IOException {
        try {
            sent.get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException("The %s is gone".formatted(other), e);
        } catch (TimeoutException e) {
            throw new IOException("The %s has not read for %d s".formatted(other, seconds), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while sending to the " + other);
        }
    }
}
