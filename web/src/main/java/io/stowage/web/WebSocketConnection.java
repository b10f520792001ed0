package io.stowage.web;

import java.io.IOException;

/** An open WebSocket. Its methods block until the data has been handed to the socket. */
public interface WebSocketConnection {
    /**
     * Sends one text message.
     *
     * @throws IOException the client is gone, or does not read
     */
    void sendText(String text) throws IOException;

    /**
     * Sends a ping without payload; clients answer it by themselves.
     *
     * @throws IOException the client is gone, or does not read
     */
    void sendPing() throws IOException;

    /** Whether both sides still are there, as far as is known. */
    boolean isOpen();
}
