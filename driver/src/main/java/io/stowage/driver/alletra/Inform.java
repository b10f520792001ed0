package io.stowage.driver.alletra;

import io.stowage.driver.rest.Dialect;
import io.stowage.web.client.WebResponse;
import io.stowage.web.json.MalformedJson;

/** How WSAPI answers. */
final class Inform implements Dialect {
    @Override
    public String family() {
        return "HPE Alletra";
    }

    @Override
    public String words(WebResponse answer) {
        try {
            var read = Answer.of(answer);
            if (read.code() > 0) return read.words();
        } catch (MalformedJson e) {
            // no JSON: the status has to do
        }
        return "HTTP status " + answer.status();
    }

    @Override
    public Later later(WebResponse answer) {
        return switch (answer.status()) {
            case 503 -> Later.NOT_DONE; // too busy (270), no session left (31)
            case 502, 504 -> Later.UNKNOWN; // of a gateway in front of it
            default -> Later.NO;
        };
    }
}
