package io.stowage.engine.work;

import io.stowage.database.AttachmentRow;
import io.stowage.database.RowState;
import io.stowage.database.Transaction;
import io.stowage.database.VolumeRow;
import io.stowage.engine.OperationKind;
import io.stowage.engine.PendingSize;
import io.stowage.engine.Refused;
import io.stowage.engine.Volume;
import io.stowage.engine.VolumeName;
import io.stowage.engine.journal.Entry;
import io.stowage.engine.journal.Steps;
import io.stowage.engine.journal.Work;
import io.stowage.model.ByteSize;
import io.stowage.model.VolumeKeys;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Gives a volume another description, config and size. The record is written last. */
final class VolumeUpdate implements Work<Volume> {
    private static final System.Logger LOG = System.getLogger(VolumeUpdate.class.getName());

    private final Site site;
    private final Entry entry;
    private final UUID id;

    VolumeUpdate(Site site, Entry entry) {
        this.site = site;
        this.entry = entry;
        this.id = entry.uuid("id");
    }

    /** @param bytes size on the array from now on; 0: as it is */
    static VolumeUpdate of(
            Site site, VolumeName name, VolumeRow row, String description, ConfigChange config, long bytes) {
        Map<String, String> input = new HashMap<>();
        input.put("id", row.id().toString());
        input.put("bytes", Long.toString(bytes));
        input.putAll(PendingSize.of(row.id(), bytes));
        input.put("from", Long.toString(row.size()));
        if (!description.equals(row.description())) {
            input.put("description", description);
        }
        config.write(input);
        return new VolumeUpdate(site, Entry.ofVolume(OperationKind.VOLUME_UPDATE, name, input));
    }

    @Override
    public Entry entry() {
        return entry;
    }

    @Override
    public List<String> locks() {
        return List.of(Catalog.lock(id));
    }

    private ByteSize wanted() {
        return new ByteSize(Long.parseLong(entry.text("bytes")));
    }

    private boolean shrinking(VolumeAtHand volume) {
        return !wanted().isZero() && wanted().bytes() < volume.row().size();
    }

    @Override
    public void run(Steps steps) {
        VolumeAtHand volume = VolumeAtHand.of(site, id);
        Map<String, String> config = ConfigChange.read(entry.input()).of(volume.config());
        boolean resizes = !wanted().isZero() && wanted().bytes() != volume.row().size();
        if (resizes && volume.row().size() != Long.parseLong(entry.text("from"))) {
            // What was accepted before gave it another size than the one that was judged.
            site.database().read(tx -> {
                new VolumeRules(site).resize(tx, volume.row(), config, wanted());
                return volume;
            });
        }
        String options = config.getOrDefault(VolumeKeys.MOUNT_OPTIONS, VolumeKeys.DEFAULT_MOUNT_OPTIONS);
        if (volume.hasFiles() && !options.equals(volume.mountOptions())) {
            steps.once("let the mount options hold", () -> remount(options));
        }
        if (!resizes) {
            return;
        }
        if (shrinking(volume)) {
            new Resizing(site, volume).shrink(wanted(), steps);
        } else {
            new Resizing(site, volume).grow(wanted(), steps);
        }
    }

    @Override
    public void undo() {
        VolumeAtHand volume = VolumeAtHand.of(site, id);
        if (shrinking(volume)) {
            new Resizing(site, volume).growBack();
        }
    }

    @Override
    public Volume done(Transaction tx) {
        Map<String, String> config =
                ConfigChange.read(entry.input()).of(tx.volumeConfig().get(id));
        tx.volumeConfig().replace(id, config);
        if (!wanted().isZero()) {
            // With the config, so that nobody sees the one without the other.
            tx.volumes().resize(id, wanted().bytes());
        }
        new Schedules(site.clock()).follow(tx, id, config);
        String description = entry.input().get("description");
        if (description != null) {
            tx.volumes().describe(id, description);
        }
        VolumeRow row = Catalog.volume(tx, id);
        Recovery.touch(tx, row);
        return Catalog.show(tx, row);
    }

    @Override
    public void after() {
        site.recovery().write(id);
    }

    private void remount(String options) {
        for (AttachmentRow use : site.database().read(tx -> tx.attachments().list(id))) {
            boolean here = use.member().equals(site.me().id()) && use.state() == RowState.READY;
            if (here && use.snapshot() == null) {
                try {
                    AttachmentWork.of(site, use.id()).remount(options);
                } catch (Refused e) {
                    LOG.log(
                            Level.WARNING,
                            "The mount options of {0} hold from its next mount on: {1}",
                            use.path(),
                            e.getMessage());
                }
            }
        }
    }
}
