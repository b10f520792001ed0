package io.stowage.engine.work;

import io.stowage.database.RowState;
import io.stowage.database.Transaction;
import io.stowage.engine.OperationKind;
import io.stowage.engine.Volume;
import io.stowage.engine.VolumeName;
import io.stowage.engine.journal.Entry;
import io.stowage.engine.journal.Steps;
import io.stowage.engine.journal.Work;
import io.stowage.model.ContentType;
import io.stowage.model.VolumeKeys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Fills the volume of a row that says {@code CREATING} with what is uploaded, while it arrives. What was cut short by a
 * restart is taken back: nobody sends the rest.
 */
final class VolumeUpload implements Work<Volume> {
    private final Site site;
    private final Entry entry;
    private final UUID id;
    private final @Nullable Uploaded content;

    /** After a restart: only to be taken back. */
    VolumeUpload(Site site, Entry entry) {
        this(site, entry, null);
    }

    private VolumeUpload(Site site, Entry entry, @Nullable Uploaded content) {
        this.site = site;
        this.entry = entry;
        this.id = entry.uuid("id");
        this.content = content;
    }

    static VolumeUpload of(Site site, VolumeName name, UUID id, Uploaded content) {
        Entry entry = Entry.ofVolume(OperationKind.VOLUME_UPLOAD, name, Map.of("id", id.toString()));
        return new VolumeUpload(site, entry, content);
    }

    @Override
    public Entry entry() {
        return entry;
    }

    @Override
    public List<String> locks() {
        return List.of(Catalog.lock(id));
    }

    @Override
    public void run(Steps steps) {
        Uploaded arriving = content;
        if (arriving == null) {
            throw new IllegalStateException("What is uploaded is read only once");
        }
        VolumeAtHand volume = VolumeAtHand.of(site, id);
        steps.once("make the volume on the array", volume::create);
        steps.once("receive its content", () -> arriving.receive(volume, steps));
    }

    @Override
    public Volume done(Transaction tx) {
        if (Catalog.content(Catalog.volume(tx, id)) == ContentType.ISO) {
            Map<String, String> config = new HashMap<>(tx.volumeConfig().get(id));
            config.put(VolumeKeys.SIZE, Long.toString(Catalog.volume(tx, id).size()));
            tx.volumeConfig().replace(id, config);
        }
        tx.volumes().settle(id, RowState.READY);
        Recovery.touch(tx, Catalog.volume(tx, id));
        return Catalog.show(tx, Catalog.volume(tx, id));
    }

    @Override
    public void after() {
        site.recovery().write(id);
    }

    @Override
    public void failing(Transaction tx) {
        tx.volumes().settle(id, RowState.DELETING);
    }

    @Override
    public void undo() {
        Scratch.leave(site, id);
        VolumeCreate.takeBack(site, id);
    }

    @Override
    public void undone(Transaction tx) {
        VolumeCreate.forget(tx, Catalog.volume(tx, id));
    }

    @Override
    public boolean mayCancel() {
        return true;
    }

    @Override
    public boolean survivesRestart() {
        return false;
    }
}
