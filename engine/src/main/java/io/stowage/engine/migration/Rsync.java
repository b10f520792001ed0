package io.stowage.engine.migration;

import io.stowage.host.rsync.RsyncFeature;
import java.util.EnumSet;
import java.util.Set;

/**
 * How both sides run rsync.
 *
 * @param delete what the source doesn't have goes
 */
public record Rsync(boolean xattrs, boolean delete, boolean compress) {
    /** As the program is to be told. */
    public Set<RsyncFeature> features() {
        Set<RsyncFeature> features = EnumSet.noneOf(RsyncFeature.class);
        if (xattrs) {
            features.add(RsyncFeature.XATTRS);
        }
        if (delete) {
            features.add(RsyncFeature.DELETE);
        }
        if (compress) {
            features.add(RsyncFeature.COMPRESS);
        }
        return features;
    }
}
