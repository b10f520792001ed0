package io.stowage.driver.pure;

import io.stowage.driver.rest.Dialect;
import io.stowage.web.client.WebResponse;

/** How FlashArrays answer. */
final class Purity implements Dialect {
    @Override
    public String family() {
        return "FlashArray";
    }

    @Override
    public String words(WebResponse answer) {
        return Refusal.words(answer);
    }

    @Override
    public Later later(WebResponse answer) {
        return switch (answer.status()) {
            case 429, 503 -> Later.NOT_DONE; // too many requests; not available (failover)
            case 502, 504 -> Later.UNKNOWN; // of a gateway in front of it
            default -> Later.NO;
        };
    }
}
