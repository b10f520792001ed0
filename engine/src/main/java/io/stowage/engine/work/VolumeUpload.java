package io.stowage.engine.work;

import io.stowage.database.Transaction;
import io.stowage.engine.OperationKind;
import io.stowage.engine.Volume;
import io.stowage.engine.VolumeName;
import io.stowage.engine.journal.Entry;
import io.stowage.engine.journal.Steps;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Fills a new volume with what is uploaded, while it arrives. */
final class VolumeUpload extends Arrival {
    private final @Nullable Uploaded content;

    /** After a restart: only to be taken back. */
    VolumeUpload(Site site, Entry entry) {
        this(site, entry, null);
    }

    private VolumeUpload(Site site, Entry entry, @Nullable Uploaded content) {
        super(site, entry);
        this.content = content;
    }

    static VolumeUpload of(Site site, VolumeName name, UUID id, Uploaded content) {
        Entry entry = Entry.ofVolume(OperationKind.VOLUME_UPLOAD, name, Map.of("id", id.toString()));
        return new VolumeUpload(site, entry, content);
    }

    @Override
    public void run(Steps steps) {
        Uploaded arriving = content;
        if (arriving == null) {
            throw new IllegalStateException("What is uploaded is read only once");
        }
        VolumeAtHand volume = VolumeAtHand.of(site(), id());
        steps.once("make the volume on the array", volume::create);
        steps.once("receive its content", () -> arriving.receive(volume, steps));
    }

    @Override
    public Volume done(Transaction tx) {
        Recovery.touch(tx, Catalog.volume(tx, id()));
        return super.done(tx);
    }

    @Override
    public void after() {
        site().recovery().write(id());
    }
}
