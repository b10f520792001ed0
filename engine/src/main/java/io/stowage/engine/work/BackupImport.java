package io.stowage.engine.work;

import io.stowage.database.SnapshotRow;
import io.stowage.engine.OperationKind;
import io.stowage.engine.Refused;
import io.stowage.engine.VolumeName;
import io.stowage.engine.archive.BackupIndex;
import io.stowage.engine.journal.Entry;
import io.stowage.engine.journal.Failures;
import io.stowage.engine.journal.Steps;
import io.stowage.host.archive.TarEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Fills a new volume from a backup's file while it arrives: each snapshot's content goes into the volume, which is then
 * snapshotted, oldest first; the present content comes last.
 */
final class BackupImport extends Arrival {
    private static final String FAILED = "Create custom volume from backup: ";

    private final @Nullable ArrivingBackup file;

    /** After a restart: only to be taken back. */
    BackupImport(Site site, Entry entry) {
        this(site, entry, null);
    }

    private BackupImport(Site site, Entry entry, @Nullable ArrivingBackup file) {
        super(site, entry);
        this.file = file;
    }

    static BackupImport of(Site site, VolumeName name, UUID id, ArrivingBackup file) {
        return new BackupImport(
                site, Entry.ofVolume(OperationKind.BACKUP_RESTORE, name, Map.of("id", id.toString())), file);
    }

    @Override
    public void run(Steps steps) {
        if (file == null) {
            throw new IllegalStateException("The file of a backup is read only once");
        }
        try {
            run(file, steps);
        } catch (RuntimeException e) {
            Refused cause = Failures.of(e);
            if (cause.kind() == Refused.Kind.CANCELLED) {
                throw cause;
            }
            throw new Refused(cause.kind(), FAILED + cause.getMessage(), cause);
        } finally {
            file.close();
        }
    }

    private void run(ArrivingBackup arriving, Steps steps) {
        arriving.heed(steps);
        VolumeAtHand volume = VolumeAtHand.of(site(), id());
        steps.once("make the volume on the array", volume::create);
        steps.once("receive its content", () -> receive(arriving));
    }

    private void receive(ArrivingBackup arriving) {
        BackupIndex index = arriving.index();
        List<SnapshotRow> snapshots =
                site().database().read(tx -> tx.snapshots().everything(id()));
        Optional<TarEntry> next = arriving.first();
        boolean fresh = true;
        for (BackupIndex.Subject subject : index.snapshots()) {
            next = content(arriving, next, index.snapshotMember(subject.name()), fresh);
            fresh = false;
            SnapshotRow row = snapshots.stream()
                    .filter(each -> each.name().equals(subject.name()))
                    .findFirst()
                    .orElseThrow();
            VolumeAtHand volume = VolumeAtHand.of(site(), id());
            site().recovery()
                    .make(
                            row.id(),
                            record -> volume.array().createSnapshot(Catalog.ref(volume.row(), row.id()), record));
        }
        content(arriving, next, index.volumeMember(), fresh);
        arriving.finish();
    }

    /** Gives the volume the content of a member, which has to be the next. @return the member after it */
    private Optional<TarEntry> content(ArrivingBackup arriving, Optional<TarEntry> next, String member, boolean fresh) {
        TarEntry first = next.filter(entry -> arriving.isPartOf(entry, member))
                .orElseThrow(() -> Refused.badInput("Backup is missing at \"" + member + "\""));
        VolumeAtHand volume = VolumeAtHand.of(site(), id());
        return volume.hasFiles()
                ? new FileSystemContent(site(), volume).receive(arriving, first, member)
                : new BlockContent(site(), volume).receive(arriving, first, fresh);
    }
}
