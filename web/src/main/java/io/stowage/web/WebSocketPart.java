package io.stowage.web;

/** What comes over a WebSocket: messages in pieces, whose bounds mean nothing. */
public sealed interface WebSocketPart {
    /**
     * A piece of a text message.
     *
     * @param last whether the message ends with it
     */
    record Text(String text, boolean last) implements WebSocketPart {}

    /**
     * A piece of a binary message.
     *
     * @param bytes not to be changed by anybody
     * @param last whether the message ends with it
     */
    record Binary(byte[] bytes, boolean last) implements WebSocketPart {}

    /** The other side ended the connection, well or not. */
    record End() implements WebSocketPart {}

    /** Bytes that it takes in memory, roughly. */
    default int weight() {
        return switch (this) {
            case Text(var text, var _) -> 64 + 2 * text.length();
            case Binary(var bytes, var _) -> 64 + bytes.length;
            case End() -> 0;
        };
    }
}
