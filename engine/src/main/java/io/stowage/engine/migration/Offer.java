package io.stowage.engine.migration;

import java.util.List;
import java.util.Optional;

/**
 * What a server has to give.
 *
 * @param files whether it is files, which rsync sends; else blocks
 * @param snapshots those that come along if they are wanted, oldest first
 * @param compress whether rsync may compress what it sends
 * @param kinship what a server of ours says beyond that
 */
public record Offer(boolean files, List<MovingSnapshot> snapshots, boolean compress, Optional<Kinship> kinship) {
    public Offer {
        snapshots = List.copyOf(snapshots);
    }
}
