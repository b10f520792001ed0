package io.stowage.web;

/** The server's side of one WebSocket. Text and binary messages of the client are not read so far. */
@FunctionalInterface
public interface WebSocketSession {
    /**
     * Serves one connection, on a virtual thread of its own. When it returns, or throws, the
     * connection is closed; when the client goes, the thread is interrupted and sending fails.
     */
    void run(WebSocketConnection connection) throws Exception;
}
