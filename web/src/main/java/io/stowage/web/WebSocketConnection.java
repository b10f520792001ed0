package io.stowage.web;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/**
 * An open WebSocket, of either side. Its methods block until the data has been handed to the socket. One thread at a time
 * reads; any may send.
 */
public interface WebSocketConnection {
    /**
     * Sends one text message.
     *
     * @throws IOException the other side is gone, or does not read
     */
    void sendText(String text) throws IOException;

    /**
     * Sends one binary message: what remains in the buffer.
     *
     * @throws IOException the other side is gone, or does not read
     */
    void sendBinary(ByteBuffer message) throws IOException;

    /**
     * Sends a ping without payload; the other side answers it by itself.
     *
     * @throws IOException the other side is gone, or does not read
     */
    void sendPing() throws IOException;

    /** When anything, answers to pings too, came last from the other side: a value of {@link System#nanoTime}. */
    long lastHeard();

    /**
     * Waits for the next piece of a message. After {@link WebSocketPart.End} there is none.
     *
     * @return empty when nothing came in this time
     * @throws java.io.InterruptedIOException the thread was interrupted
     */
    Optional<WebSocketPart> receive(Duration limit) throws IOException;

    /** Ends it at once, whatever is on its way; who reads or sends hears of that. */
    void cut();

    /** Whether both sides still are there, as far as is known. */
    boolean isOpen();
}
