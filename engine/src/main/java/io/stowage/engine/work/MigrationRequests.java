package io.stowage.engine.work;

import io.stowage.database.PoolRow;
import io.stowage.database.RowState;
import io.stowage.database.SnapshotRow;
import io.stowage.database.Transaction;
import io.stowage.database.VolumeRow;
import io.stowage.engine.Migrations;
import io.stowage.engine.Refused;
import io.stowage.engine.SnapshotName;
import io.stowage.engine.Started;
import io.stowage.engine.Volume;
import io.stowage.engine.VolumeName;
import io.stowage.engine.VolumeReceiving;
import io.stowage.engine.VolumeSending;
import io.stowage.engine.journal.Failures;
import io.stowage.engine.journal.Journal;
import io.stowage.engine.migration.Peer;
import io.stowage.model.ContentType;
import io.stowage.model.Names;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What can be asked of volumes on their way between servers. */
public final class MigrationRequests implements Migrations {
    private final Site site;
    private final Journal journal;
    private final VolumeRules rules;

    public MigrationRequests(Site site, Journal journal) {
        this.site = site;
        this.journal = journal;
        this.rules = new VolumeRules(site);
    }

    /** Whatever keeps work from being begun, the peer hears that nothing comes of it. */
    private static <T extends @Nullable Object> T orClose(Peer peer, Supplier<T> begin) {
        try {
            return begin.get();
        } catch (RuntimeException e) {
            peer.close();
            throw e;
        }
    }

    @Override
    public Started<@Nullable Void> send(VolumeSending request) {
        return orClose(request.peer(), () -> journal.start(tx -> intend(tx, request)));
    }

    private VolumeSend intend(Transaction tx, VolumeSending request) {
        VolumeRow volume = Catalog.readyVolume(tx, request.volume());
        @Nullable String named = request.snapshot();
        if (named != null) {
            SnapshotName name = request.volume().snapshot(named);
            SnapshotRow snapshot = Catalog.readySnapshot(tx, name);
            return VolumeSend.ofSnapshot(site, name, volume.id(), snapshot.id(), request.peer());
        }
        List<UUID> snapshots = request.withSnapshots()
                ? tx.snapshots().list(volume.id()).stream()
                        .filter(row -> row.state() == RowState.READY)
                        .map(SnapshotRow::id)
                        .toList()
                : List.of();
        return VolumeSend.of(site, request.volume(), volume.id(), snapshots, request.peer());
    }

    @Override
    public Started<Volume> receive(VolumeReceiving request) {
        return orClose(
                request.peer(),
                () -> request.refresh() && exists(request.name()) ? refresh(request) : receiveNew(request));
    }

    private boolean exists(VolumeName name) {
        return site.database()
                .read(tx -> tx.volumes()
                        .find(Catalog.pool(tx, name.pool()).id(), name.project(), Catalog.CUSTOM, name.name()))
                .isPresent();
    }

    private Started<Volume> receiveNew(VolumeReceiving request) {
        VolumeName name = request.name();
        Failures.checked(() -> {
            Names.checkVolume(name.name());
            Names.checkFolder(name.project() + "_" + name.name(), name.name());
            return name;
        });
        PoolRow pool = site.database().read(tx -> Catalog.readyPool(tx, name.pool()));
        Map<String, String> poolConfig =
                site.database().read(tx -> site.poolConfigs().get(tx, pool.id()));
        Map<String, String> known = VolumeRules.known(request.content(), request.config());
        VolumeRules.Checked checked = Failures.checked(() -> request.content() == ContentType.ISO
                ? rules.imageFromElsewhere(pool, known, poolConfig)
                : rules.creation(pool, request.content(), known, poolConfig));
        VolumeRow row = new VolumeRow(
                UUID.randomUUID(),
                pool.id(),
                name.project(),
                Catalog.CUSTOM,
                name.name(),
                request.content().word(),
                request.description(),
                checked.bytes(),
                RowState.CREATING,
                site.clock().instant());
        return journal.start(tx -> {
            Catalog.refuseTaken(tx, Catalog.readyPool(tx, name.pool()), name);
            VolumeRequests.insert(site, tx, row, checked.config());
            return VolumeReceive.of(site, request, row.id());
        });
    }

    private Started<Volume> refresh(VolumeReceiving request) {
        return journal.start(tx -> {
            VolumeRow target = Catalog.readyVolume(tx, request.name());
            ContentType content = Catalog.content(target);
            if (content == ContentType.ISO) {
                throw Refused.badInput("Volume of content type \"iso\" cannot be refreshed");
            }
            if (content != request.content()) {
                throw Refused.badInput("A volume of content type \"" + content
                        + "\" cannot be refreshed from one of content type \"" + request.content() + "\"");
            }
            if (!Catalog.uses(tx, target).isEmpty()) {
                throw Refused.locked("Volume \"" + target.name() + "\" cannot be refreshed while it is attached");
            }
            tx.volumes().settle(target.id(), RowState.BUSY);
            return RefreshReceive.of(site, request, target.id());
        });
    }
}
