package io.stowage.engine.work;

import io.stowage.database.ReadingRow;
import io.stowage.database.VolumeRow;
import io.stowage.driver.ArrayObject;
import io.stowage.driver.ForeignRef;
import io.stowage.driver.Progress;
import io.stowage.driver.RecoveryRecord;
import io.stowage.driver.SnapshotRef;
import io.stowage.driver.VolumeRef;
import io.stowage.engine.OperationProgress.Stage;
import io.stowage.engine.Refused;
import io.stowage.engine.host.BlockMove;
import io.stowage.engine.host.BlockMove.Before;
import io.stowage.engine.pool.ArrayMap;
import io.stowage.host.rsync.RsyncOnto;
import io.stowage.host.rsync.RsyncWatcher;
import io.stowage.host.transfer.ExtentMap;
import io.stowage.host.transfer.Moved;
import io.stowage.host.transfer.RateLimit;
import io.stowage.host.transfer.Transfer;
import io.stowage.model.ByteSize;
import io.stowage.model.Extent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * The passage of content from one volume to another. Inside one array the array copies it; else it goes through this host,
 * block by block or file by file, and only what may differ does.
 */
final class Passage {
    private final Site site;
    private final VolumeAtHand from;
    private final VolumeAtHand to;
    private final Way way;
    private final long bytesPerSecond;
    private final RateLimit limit;
    private Moved moved = Moved.NOTHING;

    Passage(Site site, VolumeAtHand from, VolumeAtHand to, Way way) {
        this.site = site;
        this.from = from;
        this.to = to;
        this.way = way;
        this.bytesPerSecond = LongStream.of(
                        from.pool().bytesPerSecond().bytes(),
                        to.pool().bytesPerSecond().bytes())
                .filter(bytes -> bytes > 0)
                .min()
                .orElse(0);
        this.limit = new RateLimit(bytesPerSecond);
    }

    /** The source's present content. */
    ArrayObject present() {
        return asTargetSees(new VolumeRef(from.onArray()));
    }

    ArrayObject snapshot(UUID id) {
        return asTargetSees(reference(id));
    }

    private SnapshotRef reference(UUID snapshot) {
        return Catalog.ref(from.row(), snapshot);
    }

    private ArrayObject asTargetSees(ArrayObject object) {
        return from.pool().row().id().equals(to.pool().row().id())
                ? object
                : new ForeignRef(from.pool().name(), object);
    }

    /** The array makes the target. */
    boolean make(ArrayObject content, RecoveryRecord recovery, Progress progress) {
        return to.array().copy(content, to.onArray(), recovery, progress);
    }

    /** The array gives the target, which is there, other content. */
    void overwrite(ArrayObject content, Progress progress) {
        to.array().overwrite(content, to.onArray(), progress);
    }

    /** What is known of the content that a target has. */
    sealed interface Known {
        /** It reads as zeroes. */
        record Blank() implements Known {}

        /** It begins with the content of this snapshot of the source, which has so many bytes. */
        record Equal(UUID snapshot, long bytes) implements Known {}

        /** It may have anything. */
        record Nothing() implements Known {}
    }

    /**
     * Gives the target the content of a snapshot of the source, through this host.
     *
     * @param id names the temporary volume that the snapshot is read through
     * @param bytes size of the snapshot
     */
    void carry(UUID snapshot, UUID id, long bytes, Known known, Transfer.Watcher watcher) {
        if (way == Way.FILES) {
            carryFiles(snapshot, id, known, watcher);
        } else {
            carryBlocks(snapshot, id, bytes, known, watcher);
        }
    }

    /** The target is as large as the snapshot at least. */
    private void carryBlocks(UUID snapshot, UUID id, long bytes, Known known, Transfer.Watcher watcher) {
        Temporary.beside(site, from, snapshot, id)
                .use(source -> to.withDevice(target -> {
                    Optional<ExtentMap> changes = known instanceof Known.Equal equal
                            ? ArrayMap.of(from.array(), reference(snapshot), Optional.of(reference(equal.snapshot())))
                                    .map(map -> withWhatIsBehind(map, equal.bytes()))
                            : Optional.empty();
                    Before before = switch (known) {
                        case Known.Blank() -> new Before.Nothing();
                        case Known.Equal equal when changes.isPresent() -> new Before.Other();
                        default -> new Before.Similar(orEverything(site.links().data(to.onArray())));
                    };
                    BlockMove move = new BlockMove(
                            source,
                            bytes,
                            orEverything(data(snapshot, id)),
                            target,
                            orEverything(changes),
                            before,
                            limit);
                    moved = moved.plus(site.blocks().move(move, watcher));
                }));
    }

    private static ExtentMap orEverything(Optional<ExtentMap> known) {
        return known.orElseGet(ExtentMap::everything);
    }

    /** What was larger once may still have something there. */
    static ExtentMap withWhatIsBehind(ExtentMap map, long end) {
        return piece -> {
            List<Extent> found = new ArrayList<>();
            if (piece.offset() < end) {
                found.addAll(map.within(new Extent(piece.offset(), Math.min(piece.end(), end) - piece.offset())));
            }
            if (piece.end() > end) {
                long begin = Math.max(piece.offset(), end);
                found.add(new Extent(begin, piece.end() - begin));
            }
            return found;
        };
    }

    /** Where the snapshot has data: as the temporary volume tells for nothing, else as its array does. */
    private Optional<ExtentMap> data(UUID snapshot, UUID id) {
        return site.links()
                .data(Catalog.onArray(from.row(), id))
                .or(() -> ArrayMap.of(from.array(), reference(snapshot), Optional.empty()));
    }

    /** The target has a file system of its own, which may be of another kind and smaller. */
    private void carryFiles(UUID snapshot, UUID id, Known known, Transfer.Watcher watcher) {
        letGoOfFiles(id);
        RsyncOnto onto = known instanceof Known.Blank ? RsyncOnto.EMPTY : RsyncOnto.SIMILAR;
        // Whoever looks for mounts that were forgotten sees that this one is wanted.
        site.database().write(tx -> {
            tx.readings()
                    .insert(new ReadingRow(
                            id, from.row().id(), snapshot, site.me().id()));
            return null;
        });
        try {
            Temporary.beside(site, from, snapshot, id).use(source -> {
                site.files().renewIdentity(source, from.fileSystem());
                mounted(
                        source,
                        from.fileSystem(),
                        id,
                        "ro",
                        there -> to.withDevice(target -> {
                            if (onto == RsyncOnto.EMPTY) {
                                // Also when this is done again: a file that an attempt was cut short at may look
                                // complete.
                                site.files().make(target, to.fileSystem());
                            }
                            mounted(target, to.fileSystem(), to.row().id(), "", here -> {
                                long bytes = site.files()
                                        .copy(there, here, onto, bytesPerSecond, within(there, here, watcher));
                                moved = moved.plus(new Moved(bytes, 0, bytes, 0));
                            });
                        }));
            });
        } finally {
            forget(id);
        }
    }

    private void forget(UUID id) {
        site.database().write(tx -> {
            tx.readings().delete(id);
            return null;
        });
    }

    private void mounted(Path device, String type, UUID id, String options, Consumer<Path> work) {
        Path folder = site.layout().scratch(id);
        site.files().mount(device, type, folder, options);
        try {
            work.accept(folder);
        } finally {
            Scratch.leave(site, id);
        }
    }

    private RsyncWatcher within(Path source, Path target, Transfer.Watcher watcher) {
        long bytes = site.files().usage(source).used();
        long room = site.files().usage(target).total();
        if (bytes > room) {
            throw Refused.badInput("The files of volume \"" + from.row().name() + "\" take " + new ByteSize(bytes)
                    + ", but volume \"" + to.row().name() + "\" has room for " + new ByteSize(room));
        }
        return done -> watcher.at(Math.min(done, bytes), bytes);
    }

    /** Holds the source's present content, however it is used, under a name that only this work knows. */
    void hold(UUID moment) {
        RecoveryRecord recovery = passing(site, from);
        from.atRest(() -> from.array().createSnapshot(reference(moment), recovery));
    }

    /** The record of a snapshot that is gone again when the work is done. */
    static RecoveryRecord passing(Site site, VolumeAtHand at) {
        VolumeRow row = at.row();
        return new RecoveryRecord(
                "passage",
                row.project(),
                row.name(),
                "",
                row.type(),
                row.content(),
                site.clock().instant(),
                Optional.empty(),
                Map.of());
    }

    /** Lets go of what {@link #hold} holds; repeatable. */
    void letGo(UUID moment) {
        from.array().deleteSnapshot(reference(moment));
    }

    /** Takes away what {@link #carry} may have left of a snapshot when it was cut short; repeatable. */
    void clear(UUID snapshot, UUID id) {
        if (way == Way.FILES) {
            letGoOfFiles(id);
        }
        Temporary.beside(site, from, snapshot, id).remove();
    }

    /** A server that was killed may have left them mounted. */
    private void letGoOfFiles(UUID id) {
        Scratch.leave(site, id);
        Scratch.leave(site, to.row().id());
    }

    Stage stage() {
        return way == Way.FILES ? Stage.FILES : Stage.BLOCK;
    }

    /** What is told to the operation's caller. */
    Map<String, String> metadata() {
        return way == Way.ARRAY
                ? Map.of()
                : Map.of(
                        "bytes_read", Long.toString(moved.read() + moved.compared()),
                        "bytes_sent", Long.toString(moved.written()));
    }
}
