package io.stowage.engine.work;

import io.stowage.database.AttachmentRow;
import io.stowage.database.RowState;
import io.stowage.database.SnapshotRow;
import io.stowage.database.Transaction;
import io.stowage.database.VolumeRow;
import io.stowage.engine.Attachment;
import io.stowage.engine.AttachmentKind;
import io.stowage.engine.AttachmentRequest;
import io.stowage.engine.Attachments;
import io.stowage.engine.Refused;
import io.stowage.engine.SnapshotName;
import io.stowage.engine.Started;
import io.stowage.engine.VolumeName;
import io.stowage.engine.journal.Journal;
import io.stowage.model.ArrayName;
import io.stowage.model.ContentType;
import io.stowage.model.Flag;
import io.stowage.model.VolumeKeys;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What can be asked of attachments. */
public final class AttachmentRequests implements Attachments {
    private final Site site;
    private final Journal journal;

    public AttachmentRequests(Site site, Journal journal) {
        this.site = site;
        this.journal = journal;
    }

    @Override
    public List<Attachment> list() {
        return site.database().read(tx -> show(tx, tx.attachments().list()));
    }

    @Override
    public List<Attachment> list(VolumeName volume) {
        return site.database().read(tx -> show(tx, Catalog.uses(tx, Catalog.volume(tx, volume))));
    }

    @Override
    public List<Attachment> list(SnapshotName snapshot) {
        return site.database().read(tx -> show(tx, Catalog.uses(tx, Catalog.snapshot(tx, snapshot))));
    }

    private List<Attachment> show(Transaction tx, List<AttachmentRow> rows) {
        return rows.stream()
                .filter(row -> row.state() != RowState.CREATING)
                .map(row -> show(site, tx, row))
                .toList();
    }

    @Override
    public Attachment get(UUID id) {
        return site.database().read(tx -> show(site, tx, find(tx, id)));
    }

    private static AttachmentRow find(Transaction tx, UUID id) {
        return tx.attachments().find(id).orElseThrow(() -> Refused.notFound("Attachment not found"));
    }

    static Attachment show(Site site, Transaction tx, AttachmentRow row) {
        VolumeRow volume = Catalog.volume(tx, row.volume());
        @Nullable UUID snapshot = row.snapshot();
        ArrayName name = snapshot == null ? Catalog.onArray(volume) : Catalog.onArray(volume, snapshot);
        boolean here = row.member().equals(site.me().id());
        return AttachmentWork.show(
                row,
                Catalog.name(tx, volume),
                snapshot == null ? null : Catalog.snapshot(tx, snapshot).name(),
                here ? site.links().device(name) : Optional.empty(),
                tx.members().find(row.member()).orElseThrow().name());
    }

    @Override
    public Started<Attachment> attach(AttachmentRequest request) {
        if (request.kind() == AttachmentKind.DEVICE
                && request.path() != null
                && !request.path().isEmpty()) {
            throw Refused.badInput("A device has no path: \"" + request.path() + "\" can only be given for a mount");
        }
        UUID id = UUID.randomUUID();
        return journal.start(tx -> {
            VolumeRow volume = Catalog.readyVolume(tx, request.volume());
            @Nullable String snapshotName = request.snapshot();
            @Nullable
            SnapshotRow snapshot = snapshotName == null
                    ? null
                    : Catalog.readySnapshot(tx, new SnapshotName(request.volume(), snapshotName));
            AttachmentRow row = new AttachmentRow(
                    id,
                    volume.id(),
                    snapshot == null ? null : snapshot.id(),
                    site.me().id(),
                    request.kind().key(),
                    path(request, volume),
                    request.readOnly() || snapshot != null || Catalog.content(volume) == ContentType.ISO,
                    RowState.CREATING,
                    site.clock().instant());
            guard(tx, volume, row);
            tx.attachments().insert(row);
            return Attach.of(site, request.volume(), snapshotName, row);
        });
    }

    private @Nullable String path(AttachmentRequest request, VolumeRow volume) {
        if (request.kind() == AttachmentKind.DEVICE) {
            return null;
        }
        if (Catalog.content(volume) != ContentType.FILESYSTEM) {
            throw Refused.badInput("A volume of content type \"" + volume.content()
                    + "\" has no file system to mount; attach it as a device");
        }
        @Nullable String given = request.path();
        if (given == null || given.isEmpty()) {
            return site.layout().mount(request.volume(), request.snapshot()).toString();
        }
        try {
            Path path = Path.of(given);
            if (!path.isAbsolute()) {
                throw Refused.badInput("Invalid path \"" + given + "\": it must be absolute");
            }
            return path.normalize().toString();
        } catch (InvalidPathException e) {
            throw Refused.badInput("Invalid path: " + e.getReason());
        }
    }

    private void guard(Transaction tx, VolumeRow volume, AttachmentRow wanted) {
        boolean shared = Catalog.content(volume) == ContentType.ISO
                || Flag.isTrue(tx.volumeConfig().get(volume.id()).getOrDefault(VolumeKeys.SHARED, ""));
        for (AttachmentRow other : tx.attachments().list()) {
            boolean same = isSame(other, wanted);
            boolean here = other.member().equals(wanted.member());
            if (same && !here && (!shared || wanted.snapshot() != null)) {
                throw Refused.locked("Volume \"" + volume.name() + "\" is attached on server \""
                        + tx.members().find(other.member()).orElseThrow().name() + "\" already");
            }
            if (here && !same) {
                refuseSamePath(other, wanted.path());
            }
            boolean bothMounted = wanted.path() != null && other.path() != null;
            if (same && here && bothMounted && other.readOnly() != wanted.readOnly()) {
                throw Refused.locked("Volume \"" + volume.name() + "\" is mounted "
                        + (other.readOnly() ? "read-only" : "read-write") + " at " + other.path()
                        + ": it can't be mounted the other way beside it");
            }
            if (same && here && (isClosed(wanted) && !other.readOnly() || isClosed(other) && !wanted.readOnly())) {
                throw Refused.locked("Volume \"" + volume.name() + "\" is attached "
                        + (other.readOnly() ? "read-only" : "read-write")
                        + ": it can't be attached the other way beside it");
            }
        }
    }

    private static void refuseSamePath(AttachmentRow other, @Nullable String path) {
        if (path != null && path.equals(other.path())) {
            throw Refused.conflict("Another volume is mounted at " + path);
        }
    }

    /**
     * Lets a mount that waits be where its name says: what was accepted before may have given the volume or its snapshot
     * another one.
     *
     * @param volume as it was called when this was accepted
     * @param snapshot so was its snapshot; null: none
     */
    static void follow(Site site, UUID id, VolumeName volume, @Nullable String snapshot) {
        String before = site.layout().mount(volume, snapshot).toString();
        AttachmentRow row = site.database().read(tx -> find(tx, id));
        String now = site.database().read(tx -> byName(site, tx, row));
        if (!before.equals(row.path()) || before.equals(now)) {
            return;
        }
        site.database().write(tx -> {
            tx.attachments().listMember(row.member()).stream()
                    .filter(other -> !isSame(other, row))
                    .forEach(other -> refuseSamePath(other, now));
            tx.attachments().move(id, now);
            return now;
        });
    }

    private static boolean isSame(AttachmentRow one, AttachmentRow other) {
        return one.volume().equals(other.volume()) && Objects.equals(one.snapshot(), other.snapshot());
    }

    private static String byName(Site site, Transaction tx, AttachmentRow row) {
        @Nullable UUID snapshot = row.snapshot();
        return site.layout()
                .mount(
                        Catalog.name(tx, Catalog.volume(tx, row.volume())),
                        snapshot == null ? null : Catalog.snapshot(tx, snapshot).name())
                .toString();
    }

    /** Whether nobody on the host may write to the device. */
    private static boolean isClosed(AttachmentRow row) {
        return row.readOnly() && row.kind().equals(AttachmentKind.DEVICE.key());
    }

    @Override
    public Started<@Nullable Void> detach(UUID id) {
        return journal.start(tx -> {
            AttachmentRow row = find(tx, id);
            if (!row.member().equals(site.me().id())) {
                throw Refused.locked("It is attached on server \""
                        + tx.members().find(row.member()).orElseThrow().name() + "\": detach it there");
            }
            if (row.state() != RowState.READY) {
                throw Refused.locked("The attachment is being " + (row.state() == RowState.CREATING ? "made" : "ended")
                        + " already");
            }
            tx.attachments().settle(id, RowState.DELETING);
            VolumeRow volume = Catalog.volume(tx, row.volume());
            @Nullable UUID snapshot = row.snapshot();
            return Detach.of(
                    site,
                    Catalog.name(tx, volume),
                    snapshot == null ? null : Catalog.snapshot(tx, snapshot).name(),
                    row);
        });
    }
}
