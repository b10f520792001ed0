package io.stowage.engine.pool;

import io.stowage.driver.ArrayObject;
import io.stowage.driver.Differences;
import io.stowage.driver.StorageArray;
import io.stowage.host.transfer.ExtentMap;
import io.stowage.model.Extent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where an object of an array differs from another, as the array tells. It is asked for as much as it tells at once, and
 * again only for what is behind that, so that many small questions cost it little. Asked from front to back.
 */
public final class ArrayMap implements ExtentMap {
    private final StorageArray array;
    private final ArrayObject object;
    private final Optional<ArrayObject> base;
    private Differences known; // guarded by this

    private ArrayMap(StorageArray array, ArrayObject object, Optional<ArrayObject> base, Differences known) {
        this.array = array;
        this.object = object;
        this.base = base;
        this.known = known;
    }

    /** The map; empty if the array can't tell. */
    public static Optional<ExtentMap> of(StorageArray array, ArrayObject object, Optional<ArrayObject> base) {
        return array.differences(object, base, 0).map(first -> new ArrayMap(array, object, base, first));
    }

    @Override
    public synchronized List<Extent> within(Extent piece) {
        List<Extent> found = new ArrayList<>(cut(piece));
        while (known.until() < piece.end()) {
            long from = known.until();
            Optional<Differences> more = array.differences(object, base, from).filter(told -> told.until() > from);
            if (more.isEmpty()) {
                // It told before and doesn't now: what it doesn't tell may differ.
                known = new Differences(List.of(new Extent(from, Long.MAX_VALUE - from)), Long.MAX_VALUE);
            } else {
                known = more.get();
            }
            found.addAll(cut(piece));
        }
        return found;
    }

    private List<Extent> cut(Extent piece) {
        List<Extent> found = new ArrayList<>();
        for (Extent extent : known.extents()) {
            long begin = Math.max(extent.offset(), piece.offset());
            long end = Math.min(extent.end(), piece.end());
            if (begin < end) {
                found.add(new Extent(begin, end - begin));
            }
        }
        return found;
    }
}
