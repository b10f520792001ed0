package io.stowage.driver.rest;

import java.time.Duration;

/**
 * How long a call waits before it is sent again.
 *
 * @param first before the second attempt; each further pause is twice as long
 * @param attempts how often a call is sent at most, the first time included
 * @param patience no new attempt starts when this much time has gone by since the first
 */
public record Pauses(Duration first, int attempts, Duration patience) {
    public static final Pauses USUAL = new Pauses(Duration.ofMillis(200), 6, Duration.ofSeconds(20));

    /** @param failed how many attempts have failed, from 1 */
    public Duration after(int failed) {
        return first.multipliedBy(1L << Math.min(failed - 1, 10));
    }
}
