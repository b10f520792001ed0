package io.stowage.host.rsync;

import java.util.Set;

/**
 * How a transfer between two ends is done.
 *
 * @param features the same at both ends
 * @param bytesPerSecond what a sending end sends at most, rounded up to KiB; 0 for no limit
 */
public record RsyncTerms(Set<RsyncFeature> features, long bytesPerSecond) {
    public RsyncTerms {
        features = Set.copyOf(features);
        if (bytesPerSecond < 0) {
            throw new IllegalArgumentException("A rate can't be " + bytesPerSecond);
        }
    }
}
