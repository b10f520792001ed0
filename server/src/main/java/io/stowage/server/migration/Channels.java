package io.stowage.server.migration;

import io.stowage.web.WebSocketConnection;

/** The two connections of a migration. */
record Channels(WebSocketConnection control, WebSocketConnection content) {
    /** Names of the two, which their secrets go by. */
    static final String CONTROL = "control";

    static final String CONTENT = "fs";

    void cut() {
        control.cut();
        content.cut();
    }
}
