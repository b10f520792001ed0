package io.stowage.engine.work;

import io.stowage.database.VolumeRow;
import io.stowage.driver.ArrayObject;
import io.stowage.driver.ForeignRef;
import io.stowage.driver.Progress;
import io.stowage.driver.RecoveryRecord;
import io.stowage.driver.SnapshotRef;
import io.stowage.driver.VolumeRef;
import io.stowage.engine.host.BlockMove;
import io.stowage.engine.host.BlockMove.Before;
import io.stowage.engine.pool.ArrayMap;
import io.stowage.host.transfer.ExtentMap;
import io.stowage.host.transfer.Moved;
import io.stowage.host.transfer.RateLimit;
import io.stowage.host.transfer.Transfer;
import io.stowage.model.Extent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;

/**
 * The way of content from one volume to another. Inside one array the array copies it; between two it passes through this
 * host block by block, and only what may differ does.
 */
final class Passage {
    private final Site site;
    private final VolumeAtHand from;
    private final VolumeAtHand to;
    private final boolean inOneArray;
    private final RateLimit limit;
    private Moved moved = Moved.NOTHING;

    /** @param inOneArray as {@link io.stowage.engine.pool.OpenPool#sharesArrayWith} says */
    Passage(Site site, VolumeAtHand from, VolumeAtHand to, boolean inOneArray) {
        this.site = site;
        this.from = from;
        this.to = to;
        this.inOneArray = inOneArray;
        this.limit = new RateLimit(LongStream.of(
                        from.pool().bytesPerSecond().bytes(),
                        to.pool().bytesPerSecond().bytes())
                .filter(bytes -> bytes > 0)
                .min()
                .orElse(0));
    }

    boolean inOneArray() {
        return inOneArray;
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
     * Gives the target, which is as large as the snapshot at least, the content of a snapshot of the source, block by block.
     *
     * @param bytes size of the snapshot
     */
    void carry(UUID snapshot, long bytes, Known known, Progress progress) {
        Temporary.of(site, from, snapshot)
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
                            source, bytes, orEverything(data(snapshot)), target, orEverything(changes), before, limit);
                    moved = moved.plus(site.blocks().move(move, watcher(progress)));
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
    private Optional<ExtentMap> data(UUID snapshot) {
        return site.links()
                .data(Catalog.onArray(from.row(), snapshot))
                .or(() -> ArrayMap.of(from.array(), reference(snapshot), Optional.empty()));
    }

    private static Transfer.Watcher watcher(Progress progress) {
        return (done, size) -> progress.at(size == 0 ? 100 : (int) (100.0 * done / size));
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
    void clear(UUID snapshot) {
        Temporary.of(site, from, snapshot).remove();
    }

    /** What is told to the operation's caller. */
    Map<String, String> metadata() {
        return inOneArray
                ? Map.of()
                : Map.of(
                        "bytes_read", Long.toString(moved.read() + moved.compared()),
                        "bytes_sent", Long.toString(moved.written()));
    }
}
