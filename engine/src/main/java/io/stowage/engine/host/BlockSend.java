package io.stowage.engine.host;

import io.stowage.host.transfer.ExtentMap;
import io.stowage.host.transfer.RateLimit;
import java.nio.file.Path;

/**
 * Content that goes from a device to another machine.
 *
 * @param bytes how much of the device there is to send
 * @param data where the device may have something else than zeroes
 * @param receiver what is there already
 */
public record BlockSend(Path from, long bytes, ExtentMap data, Receiver receiver, RateLimit limit) {
    /** What the receiver has. */
    public sealed interface Receiver {
        /** Zeroes. */
        record Blank() implements Receiver {}

        /** The same but for what is in the map. */
        record Known(ExtentMap differing) implements Receiver {}

        /** Anything: it will tell sums of it. */
        record Unknown() implements Receiver {}
    }
}
