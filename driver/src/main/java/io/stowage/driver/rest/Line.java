package io.stowage.driver.rest;

import io.stowage.web.client.WebClient;
import io.stowage.web.client.WebRequest;
import io.stowage.web.client.WebResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one gateway. Closing lets requests under way come to their end, and a request after it opens anew: a pool
 * whose configuration changes is closed and opened while work on it goes on.
 */
final class Line implements AutoCloseable {
    private final Gateway gateway;
    private final Meter meter = new Meter();
    private @Nullable Client client;

    Line(Gateway gateway) {
        this.gateway = gateway;
    }

    WebResponse send(WebRequest request) throws IOException {
        var held = hold();
        try {
            return meter.count(request, held.http::send);
        } finally {
            release(held);
        }
    }

    /**
     * Over a connection of its own: one from the pool may have been closed by the other side a moment ago, and then nobody
     * knows whether the request was still read.
     */
    WebResponse sendFresh(WebRequest request) throws IOException {
        try (var fresh = new WebClient(gateway.address(), gateway.trust())) {
            return meter.count(request, fresh::send);
        }
    }

    Meter meter() {
        return meter;
    }

    @Override
    public void close() {
        Client held;
        synchronized (this) {
            held = client;
            client = null;
        }
        if (held != null) release(held);
    }

    private synchronized Client hold() {
        var held = client;
        if (held == null) {
            held = new Client(new WebClient(gateway.address(), gateway.trust()));
            client = held;
        }
        held.holders++;
        return held;
    }

    private void release(Client held) {
        boolean last;
        synchronized (this) {
            last = --held.holders == 0;
        }
        if (last) held.http.close();
    }

    /** A client with the number of those who hold it: the line itself until it is closed, and each request under way. */
    private static final class Client {
        final WebClient http;
        int holders = 1;

        Client(WebClient http) {
            this.http = http;
        }
    }
}
