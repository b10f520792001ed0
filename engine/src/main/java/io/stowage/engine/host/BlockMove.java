package io.stowage.engine.host;

import io.stowage.host.transfer.ExtentMap;
import io.stowage.host.transfer.RateLimit;
import java.nio.file.Path;

/**
 * Content that goes from one device to another.
 *
 * @param bytes how much of the source device there is to move; the target has as much at least
 * @param data where the source may have something else than zeroes
 * @param differing where source and target may differ
 * @param before what the target has there
 */
public record BlockMove(
        Path from, long bytes, ExtentMap data, Path to, ExtentMap differing, Before before, RateLimit limit) {
    /** What the target has where it may differ. */
    public sealed interface Before {
        /** Zeroes. */
        record Nothing() implements Before {}

        /** Something else. */
        record Other() implements Before {}

        /**
         * Perhaps the same: it is compared.
         *
         * @param data where the target may have something else than zeroes
         */
        record Similar(ExtentMap data) implements Before {}
    }
}
