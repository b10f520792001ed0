package io.stowage.server.migration;

import io.stowage.web.client.Trust;
import io.stowage.web.client.WebSocketClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** This side connects to a peer that waits. */
final class Dial implements Meeting {
    private final RemoteOperation operation;
    private final List<WebSocketClient> opened = new ArrayList<>(); // guarded by this
    private boolean closed;

    Dial(RemoteOperation operation) {
        this.operation = operation;
    }

    @Override
    public Channels meet(Runnable watch) throws IOException {
        var control = connect(Channels.CONTROL);
        watch.run();
        return new Channels(control, connect(Channels.CONTENT));
    }

    @Override
    public boolean isHere() {
        return false;
    }

    private WebSocketClient connect(String channel) throws IOException {
        Trust trust = operation.trust();
        var client = WebSocketClient.connect(operation.socket(channel), trust);
        synchronized (this) {
            if (!closed) {
                opened.add(client);
                return client;
            }
        }
        client.close();
        throw new IOException("The migration has ended");
    }

    @Override
    public void close() {
        List<WebSocketClient> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(opened);
            opened.clear();
        }
        all.forEach(WebSocketClient::close);
    }
}
