package io.stowage.web;

/** The server's side of one WebSocket. */
@FunctionalInterface
public interface WebSocketSession {
    /**
     * Serves one connection, on a virtual thread of its own. When it returns, or throws, the
     * connection is closed; when the client goes, the thread is interrupted and sending fails.
     */
    void run(WebSocketConnection connection) throws Exception;

    /** Whether it wants what the client sends; else text and binary messages are thrown away as they come. */
    default boolean listens() {
        return false;
    }
}
