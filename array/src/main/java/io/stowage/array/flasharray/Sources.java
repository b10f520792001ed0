package io.stowage.array.flasharray;

import io.stowage.array.core.Content;
import io.stowage.array.core.Objects;
import io.stowage.array.core.Snapshot;
import io.stowage.array.core.Volume;
import java.util.Optional;

/** What {@code source} refers to: the volume or snapshot whose content a volume gets. */
final class Sources {
    private static final String SOURCE = "source";

    private final Volumes volumes;
    private final Snapshots snapshots;

    Sources(Volumes volumes, Snapshots snapshots) {
        this.volumes = volumes;
        this.snapshots = snapshots;
    }

    /** @throws Refusal there is no such thing, or it has been destroyed */
    Content of(Objects objects, Body body) {
        var reference = body.object(SOURCE).orElseThrow(() -> Refusal.of(Wording.invalidAttribute(SOURCE)));
        var name = reference.text("name");
        var id = reference.text("id");
        var context = name.or(() -> id).orElseThrow(() -> Refusal.of(Wording.invalidAttribute(SOURCE)));
        var volume = name.isPresent()
                ? volumes.named(objects, context)
                : Listing.uuid(context).flatMap(objects::volume);
        if (volume.isPresent()) {
            return content(objects, volume.get(), context);
        }
        var snapshot = name.isPresent()
                ? snapshots.named(objects, context)
                : Listing.uuid(context).flatMap(objects::snapshot);
        return content(objects, snapshot, context);
    }

    private static Content content(Objects objects, Volume volume, String context) {
        VolumeCalls.requireLive(volume, context);
        return Content.of(volume, Volumes.fullName(objects, volume));
    }

    private static Content content(Objects objects, Optional<Snapshot> found, String context) {
        var snapshot = found.orElseThrow(() -> Refusal.of(context, Wording.NO_VOLUME_OR_SNAPSHOT));
        if (snapshot.isDestroyed()) {
            throw Refusal.of(context, Wording.SNAPSHOT_DESTROYED);
        }
        var parent = objects.volume(snapshot.volume()).orElseThrow();
        return Content.of(snapshot, Volumes.fullName(objects, parent));
    }
}
