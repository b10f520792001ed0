package io.stowage.engine.work;

import io.stowage.database.AttachmentRow;
import io.stowage.database.RowState;
import io.stowage.database.SnapshotRow;
import io.stowage.engine.Attachment;
import io.stowage.engine.AttachmentKind;
import io.stowage.engine.VolumeName;
import io.stowage.model.ArrayName;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One attachment on this member, as the database has it, and what makes it true on the host. */
final class AttachmentWork {
    private final Site site;
    private final AttachmentRow row;
    private final VolumeAtHand volume;

    private AttachmentWork(Site site, AttachmentRow row, VolumeAtHand volume) {
        this.site = site;
        this.row = row;
        this.volume = volume;
    }

    static AttachmentWork of(Site site, UUID id) {
        AttachmentRow row =
                site.database().read(tx -> tx.attachments().find(id)).orElseThrow();
        return new AttachmentWork(site, row, VolumeAtHand.of(site, row.volume()));
    }

    AttachmentRow row() {
        return row;
    }

    VolumeAtHand volume() {
        return volume;
    }

    /** The array's name of what is connected: the volume, or the temporary one of the snapshot. */
    ArrayName onArray() {
        @Nullable UUID snapshot = row.snapshot();
        return snapshot == null ? volume.onArray() : Catalog.onArray(volume.row(), snapshot);
    }

    /** Connects what isn't, and mounts. */
    void connect() {
        use(device());
    }

    private Path device() {
        @Nullable UUID snapshot = row.snapshot();
        boolean fresh = snapshot != null && site.links().device(onArray()).isEmpty();
        if (snapshot != null && fresh) {
            return Temporary.of(site, volume, snapshot).make(row.id());
        }
        return site.links().attach(volume.pool(), onArray(), volume.shared(), row.id());
    }

    /** Brings the attachment back after a restart of the server or the machine. */
    void bringBack() {
        @Nullable UUID snapshot = row.snapshot();
        boolean lost = snapshot != null && volume.array().findVolume(onArray()).isEmpty();
        Path device = lost
                ? Temporary.of(site, volume, Objects.requireNonNull(snapshot)).make(row.id())
                : site.links().attach(volume.pool(), onArray(), volume.shared(), row.id());
        path().ifPresent(folder -> {
            site.files().unmountOthers(device, folder);
            if (site.files().isMounted(device, folder)) {
                // The server may have been killed while a snapshot was being taken.
                site.files().thaw(folder);
            }
        });
        use(device);
    }

    /** Takes over the device that an earlier life of this server left, so that it can be unmounted. */
    void carryOn() {
        if (site.links().isLeftBehind(volume.pool(), onArray())) {
            site.links().attach(volume.pool(), onArray(), volume.shared(), row.id());
        }
    }

    private void use(Path device) {
        site.links().keep(onArray());
        if (row.readOnly() && row.kind().equals(AttachmentKind.DEVICE.key())) {
            site.files().protect(device);
        }
        path().ifPresent(folder ->
                site.files().mount(device, volume.fileSystem(), folder, options(volume.mountOptions())));
    }

    /** Lets mount options hold at once, as far as the file system can change them. */
    void remount(String volumeOptions) {
        String options = options(volumeOptions);
        path().filter(folder -> !options.isEmpty())
                .ifPresent(folder -> site.files().remount(folder, options));
    }

    private String options(String options) {
        if (!row.readOnly()) {
            return options;
        }
        return options.isEmpty() ? "ro" : options + ",ro";
    }

    private Optional<Path> path() {
        return row.kind().equals(AttachmentKind.MOUNT.key())
                ? Optional.ofNullable(row.path()).map(Path::of)
                : Optional.empty();
    }

    /** Unmounts and disconnects, unless others use the same; repeatable. */
    void disconnect() {
        List<AttachmentRow> others = site.database()
                .read(tx -> tx.attachments().list(row.volume()).stream()
                        .filter(other -> !other.id().equals(row.id()))
                        .filter(other -> other.member().equals(row.member()))
                        .filter(other -> Objects.equals(other.snapshot(), row.snapshot()))
                        .filter(other -> other.state() == RowState.READY)
                        .toList());
        boolean mountShared = others.stream().anyMatch(other -> Objects.equals(other.path(), row.path()));
        if (!mountShared) {
            path().ifPresent(site.files()::unmount);
            removeFolder();
        }
        @Nullable UUID snapshot = row.snapshot();
        if (snapshot != null && others.isEmpty()) {
            Temporary.of(site, volume, snapshot).remove();
        } else {
            site.links().release(volume.pool(), onArray(), row.id());
        }
    }

    private void removeFolder() {
        @Nullable String snapshot = snapshotName();
        if (path().equals(Optional.of(site.layout().mount(volume.name(), snapshot)))) {
            site.layout().removeMount(volume.name(), snapshot);
        }
    }

    private @Nullable String snapshotName() {
        @Nullable UUID snapshot = row.snapshot();
        return snapshot == null
                ? null
                : site.database()
                        .read(tx -> tx.snapshots().find(snapshot))
                        .map(SnapshotRow::name)
                        .orElse(null);
    }

    /** The attachment for callers. */
    static Attachment show(
            AttachmentRow row, VolumeName volume, @Nullable String snapshot, Optional<Path> device, String member) {
        return new Attachment(
                row.id(),
                volume,
                snapshot,
                AttachmentKind.of(row.kind()),
                device.map(Path::toString).orElse(""),
                row.path(),
                row.readOnly(),
                member,
                row.createdAt());
    }
}
