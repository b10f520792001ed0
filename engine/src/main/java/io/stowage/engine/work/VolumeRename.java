package io.stowage.engine.work;

import io.stowage.database.Transaction;
import io.stowage.database.VolumeRow;
import io.stowage.engine.Operation;
import io.stowage.engine.OperationKind;
import io.stowage.engine.Volume;
import io.stowage.engine.VolumeName;
import io.stowage.engine.journal.Entry;
import io.stowage.engine.journal.Steps;
import io.stowage.engine.journal.Work;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Gives a volume a new name. Its name on the array follows from its UUID and stays. */
final class VolumeRename implements Work<Volume> {
    private final Site site;
    private final Entry entry;
    private final UUID id;

    VolumeRename(Site site, Entry entry) {
        this.site = site;
        this.entry = entry;
        this.id = entry.uuid("id");
    }

    /** @param target in the same pool */
    static VolumeRename of(Site site, VolumeName name, UUID id, VolumeName target) {
        boolean moves = !target.project().equals(name.project());
        return new VolumeRename(
                site,
                Entry.ofVolume(
                        moves ? OperationKind.VOLUME_MOVE : OperationKind.VOLUME_RENAME,
                        name,
                        Map.of("id", id.toString(), "name", target.name(), "project", target.project())));
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
        VolumeAtHand volume = VolumeAtHand.of(site, id);
        List<String> snapshots = site.database()
                .read(tx ->
                        tx.snapshots().list(id).stream().map(row -> row.name()).toList());
        snapshots.forEach(snapshot -> site.layout().removeMount(volume.name(), snapshot));
        site.layout().removeMount(volume.name(), null);
    }

    @Override
    public Volume done(Transaction tx) {
        VolumeRow row = Catalog.volume(tx, id);
        VolumeName name = Catalog.name(tx, row);
        String newName = entry.text("name");
        String project = entry.input().getOrDefault("project", row.project());
        if (!newName.equals(row.name()) || !project.equals(row.project())) {
            Catalog.refuseTaken(
                    tx, tx.pools().find(row.pool()).orElseThrow(), new VolumeName(project, name.pool(), newName));
            tx.volumes().move(id, project, newName);
            Recovery.touch(tx, row);
            site.moves().moved(tx, name, Catalog.name(tx, Catalog.volume(tx, id)));
        }
        return Catalog.show(tx, Catalog.volume(tx, id));
    }

    @Override
    public Map<String, String> metadata(Volume result) {
        return entry.kind() == OperationKind.VOLUME_RENAME
                ? Map.of(
                        Operation.OLD_NAME,
                        Objects.requireNonNull(entry.volume()).name(),
                        Operation.NEW_NAME,
                        result.name().name())
                : Map.of();
    }

    @Override
    public void after() {
        site.recovery().write(id);
    }
}
