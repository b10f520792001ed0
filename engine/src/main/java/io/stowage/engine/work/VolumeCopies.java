package io.stowage.engine.work;

import io.stowage.database.PoolRow;
import io.stowage.database.RowState;
import io.stowage.database.SnapshotRow;
import io.stowage.database.Transaction;
import io.stowage.database.VolumeRow;
import io.stowage.driver.Capabilities;
import io.stowage.engine.OperationKind;
import io.stowage.engine.Projects;
import io.stowage.engine.Refused;
import io.stowage.engine.SnapshotName;
import io.stowage.engine.Started;
import io.stowage.engine.Volume;
import io.stowage.engine.VolumeCopy;
import io.stowage.engine.VolumeName;
import io.stowage.engine.journal.Failures;
import io.stowage.engine.journal.Journal;
import io.stowage.engine.work.Pairs.Pair;
import io.stowage.model.ByteSize;
import io.stowage.model.ContentType;
import io.stowage.model.VolumeKeys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** What is decided and written down before volumes are copied, moved and refreshed. */
final class VolumeCopies {
    private final Site site;
    private final Journal journal;
    private final VolumeRules rules;

    VolumeCopies(Site site, Journal journal, VolumeRules rules) {
        this.site = site;
        this.journal = journal;
        this.rules = rules;
    }

    /** The source of a request, as it stands in one transaction. @param from null: the present content */
    private record Origin(VolumeRow volume, @Nullable SnapshotRow from) {
        static Origin of(Transaction tx, VolumeCopy request) {
            String snapshot = request.snapshot();
            return new Origin(
                    Catalog.readyVolume(tx, request.source()),
                    snapshot == null ? null : Catalog.readySnapshot(tx, new SnapshotName(request.source(), snapshot)));
        }

        long bytes() {
            return from == null ? volume.size() : from.size();
        }

        String fromText() {
            return from == null ? "" : from.id().toString();
        }

        Map<String, String> config(Transaction tx) {
            return from == null
                    ? tx.volumeConfig().get(volume.id())
                    : tx.snapshotConfig().get(from.id());
        }

        String description() {
            return from == null ? volume.description() : from.description();
        }

        List<SnapshotRow> snapshots(Transaction tx) {
            return from == null
                    ? tx.snapshots().list(volume.id()).stream()
                            .filter(row -> row.state() == RowState.READY)
                            .toList()
                    : List.of();
        }
    }

    /** Asks the arrays, the first time, who they are. */
    private boolean inOneArray(VolumeName source, PoolRow target) {
        PoolRow pool = site.database().read(tx -> {
            Catalog.readyVolume(tx, source);
            return Catalog.readyPool(tx, source.pool());
        });
        try {
            return site.pools().get(pool.id()).sharesArrayWith(site.pools().get(target.id()));
        } catch (RuntimeException e) {
            throw Failures.of(e);
        }
    }

    /** @param pool of the target, whose name is free */
    Started<Volume> copy(VolumeCopy request, PoolRow pool) {
        boolean inOneArray = inOneArray(request.source(), pool);
        return journal.start(tx -> {
            Origin origin = Origin.of(tx, request);
            return duplicate(tx, OperationKind.VOLUME_COPY, request, origin, pool, inOneArray);
        });
    }

    /** @param pool of the target, whose name is free; not the source's */
    Started<Volume> move(VolumeName source, VolumeName target, PoolRow pool) {
        boolean inOneArray = inOneArray(source, pool);
        VolumeCopy request = new VolumeCopy(source, null, target, true, null, null, null);
        return journal.start(tx -> {
            Origin origin = Origin.of(tx, request);
            UUID volume = origin.volume().id();
            if (!tx.attachments().list(volume).isEmpty()
                    || !tx.readings().list(volume).isEmpty()) {
                throw Refused.inUse("The storage volume is still in use");
            }
            VolumeDuplicate work = duplicate(tx, OperationKind.VOLUME_MOVE, request, origin, pool, inOneArray);
            tx.volumes().settle(origin.volume().id(), RowState.BUSY);
            return work;
        });
    }

    private VolumeDuplicate duplicate(
            Transaction tx, OperationKind kind, VolumeCopy request, Origin origin, PoolRow pool, boolean inOneArray) {
        VolumeName name = request.target();
        VolumeRow source = origin.volume();
        VolumeRules.Copied checked =
                rules.copy(pool, source, origin.bytes(), request.content(), origin.config(tx), request.config());
        Catalog.refuseTaken(tx, Catalog.readyPool(tx, name.pool()), name);
        List<SnapshotRow> snapshots = request.withSnapshots() ? origin.snapshots(tx) : List.of();
        Way way = checked.byFiles() ? Way.FILES : inOneArray ? Way.ARRAY : Way.BLOCKS;
        long bytes = Math.max(origin.bytes(), checked.bytes());
        if (way == Way.FILES) {
            bytes = checked.bytes() == 0
                    ? capabilities(pool).round(new ByteSize(origin.bytes())).bytes()
                    : checked.bytes();
        } else if (way == Way.BLOCKS) {
            bytes = Math.max(checked.bytes(), roomOnAnotherArray(pool, origin, snapshots));
        }
        String description = request.description() == null ? origin.description() : request.description();
        Instant created = kind == OperationKind.VOLUME_MOVE
                ? source.createdAt()
                : site.clock().instant();
        VolumeRow target = new VolumeRow(
                UUID.randomUUID(),
                pool.id(),
                name.project(),
                Catalog.CUSTOM,
                name.name(),
                source.content(),
                description,
                bytes,
                RowState.CREATING,
                created);
        VolumeRequests.insert(site, tx, target, told(tx, target, checked.config(), pool, origin));
        List<Pair> pairs = new ArrayList<>();
        for (SnapshotRow old : snapshots) {
            pairs.add(pair(tx, old, target, way == Way.ARRAY ? old.size() : bytes, way));
        }
        boolean goesOnFitted = kind == OperationKind.VOLUME_MOVE && tx.lineage().isFitted(source.id());
        if (way == Way.FILES && bytes < origin.bytes() || goesOnFitted) {
            tx.lineage().noteFitted(target.id());
        }
        return VolumeDuplicate.of(
                site,
                kind,
                name,
                way,
                source.id(),
                origin.fromText(),
                origin.bytes(),
                target.id(),
                pairs,
                way == Way.ARRAY ? checked.bytes() : 0);
    }

    /** A volume that has room for a snapshot larger than its content says so. */
    private Map<String, String> told(
            Transaction tx, VolumeRow target, Map<String, String> config, PoolRow pool, Origin origin) {
        ByteSize content = capabilities(pool).round(new ByteSize(origin.bytes()));
        if (target.size() <= content.bytes()) {
            return config;
        }
        Map<String, String> told = new HashMap<>(config);
        told.computeIfPresent(VolumeKeys.SIZE, (_, size) -> rules.told(tx, target, size, target.size()));
        return told;
    }

    /** Bytes that a volume of the pool has for everything that passes through it. */
    private long roomOnAnotherArray(PoolRow pool, Origin origin, List<SnapshotRow> snapshots) {
        return capabilities(pool)
                .round(new ByteSize(largest(origin, snapshots)))
                .bytes();
    }

    private Capabilities capabilities(PoolRow pool) {
        return site.pools().driver(pool.driver()).capabilities();
    }

    private static long largest(Origin origin, List<SnapshotRow> snapshots) {
        return LongStream.concat(
                        LongStream.of(origin.bytes()), snapshots.stream().mapToLong(SnapshotRow::size))
                .max()
                .orElseThrow();
    }

    /** A row for the copy of a snapshot, which keeps name, description, dates and config. */
    private static Pair pair(Transaction tx, SnapshotRow old, VolumeRow target, long bytes, Way way) {
        SnapshotRow copy = new SnapshotRow(
                UUID.randomUUID(),
                target.id(),
                old.name(),
                old.description(),
                bytes,
                RowState.CREATING,
                old.createdAt(),
                old.expiresAt(),
                old.expiresOffset());
        SnapshotIntent.refuseTaken(tx, target.id(), old.name());
        tx.snapshots().insert(copy);
        tx.snapshotConfig().replace(copy.id(), tx.snapshotConfig().get(old.id()));
        if (way != Way.FILES) {
            tx.lineage().note(copy.id(), old.id());
        }
        Recovery.touch(tx, copy);
        return new Pair(old.id(), copy.id());
    }

    /** @param pool of the target, which exists */
    Started<Volume> refresh(VolumeCopy request, PoolRow pool) {
        boolean inOneArray = inOneArray(request.source(), pool);
        return journal.start(tx -> {
            Origin origin = Origin.of(tx, request);
            VolumeRow target = Catalog.readyVolume(tx, request.target());
            check(tx, origin, target);
            Comparison comparison = Comparison.of(
                    tx, origin.volume().id(), target.id(), request.withSnapshots() && origin.from() == null);
            comparison.extra().forEach(snapshot -> SnapshotDelete.refuseNeeded(tx, snapshot));
            Way way = byFiles(tx, origin, target) ? Way.FILES : inOneArray ? Way.ARRAY : Way.BLOCKS;
            boolean keepsSize = way != Way.ARRAY || !capabilities(pool).shrinks();
            long bytes = Math.max(target.size(), origin.bytes());
            if (way == Way.FILES) {
                bytes = target.size();
            } else if (way == Way.BLOCKS) {
                bytes = Math.max(target.size(), roomOnAnotherArray(pool, origin, comparison.missing()));
                // What both have may be larger than what the target has become since.
                bytes = Math.max(
                        bytes,
                        comparison
                                .base()
                                .map(base -> Catalog.snapshot(tx, base.to()).size())
                                .orElse(0L));
            } else if (keepsSize) {
                bytes = Math.max(target.size(), largest(origin, comparison.missing()));
            }
            comparison.extra().forEach(snapshot -> tx.snapshots().settle(snapshot.id(), RowState.DELETING));
            List<Pair> missing = new ArrayList<>();
            for (SnapshotRow old : comparison.missing()) {
                // What size the target has then is seen when it is there.
                missing.add(pair(tx, old, target, old.size(), way));
            }
            Projects.requireWithinLimits(tx, target, bytes);
            tx.volumes().settle(target.id(), RowState.BUSY);
            return VolumeRefresh.of(
                    site,
                    request.target(),
                    way,
                    origin.volume().id(),
                    origin.fromText(),
                    target.id(),
                    comparison,
                    missing,
                    bytes);
        });
    }

    private static void check(Transaction tx, Origin origin, VolumeRow target) {
        VolumeRow source = origin.volume();
        if (source.id().equals(target.id())) {
            throw Refused.badInput("Volume \"" + target.name() + "\" cannot be refreshed from itself");
        }
        ContentType content = Catalog.content(target);
        if (content == ContentType.ISO) {
            throw Refused.badInput("Volume of content type \"iso\" cannot be refreshed");
        }
        if (content != Catalog.content(source)) {
            throw Refused.badInput("A volume of content type \"" + content
                    + "\" cannot be refreshed from one of content type \"" + Catalog.content(source) + "\"");
        }
        if (!tx.attachments().list(target.id()).isEmpty()) {
            throw Refused.locked("Volume \"" + target.name() + "\" cannot be refreshed while it is attached");
        }
    }

    /** A volume whose source has grown grows too, but for what was made smaller on purpose. */
    private static boolean byFiles(Transaction tx, Origin origin, VolumeRow target) {
        if (Catalog.content(target) != ContentType.FILESYSTEM) {
            return false;
        }
        return !fileSystem(tx, target).equals(fileSystem(tx, origin.volume()))
                || target.size() < origin.bytes() && tx.lineage().isFitted(target.id());
    }

    private static String fileSystem(Transaction tx, VolumeRow volume) {
        return tx.volumeConfig().get(volume.id()).getOrDefault(VolumeKeys.FILESYSTEM, VolumeKeys.DEFAULT_FILESYSTEM);
    }
}
