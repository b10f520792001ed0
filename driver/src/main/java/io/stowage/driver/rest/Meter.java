package io.stowage.driver.rest;

import io.stowage.driver.ArrayTraffic;
import io.stowage.web.client.WebRequest;
import io.stowage.web.client.WebResponse;
import java.io.IOException;
import java.util.concurrent.atomic.LongAdder;

/** Counts what is sent to one gateway and what comes back. */
final class Meter {
    private final LongAdder requests = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder sent = new LongAdder();
    private final LongAdder received = new LongAdder();

    /** How a request is sent. */
    @FunctionalInterface
    interface Sender {
        WebResponse send(WebRequest request) throws IOException;
    }

    WebResponse count(WebRequest request, Sender sender) throws IOException {
        requests.increment();
        sent.add(request.body().length);
        try {
            var answer = sender.send(request);
            received.add(answer.body().length);
            return answer;
        } catch (IOException e) {
            failures.increment();
            throw e;
        }
    }

    ArrayTraffic read() {
        return new ArrayTraffic(requests.sum(), failures.sum(), sent.sum(), received.sum());
    }
}
