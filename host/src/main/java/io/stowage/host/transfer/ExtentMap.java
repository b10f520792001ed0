package io.stowage.host.transfer;

import io.stowage.model.Extent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Where in a volume there is something: data, or a difference. Asked piece by piece, so that memory doesn't grow with the
 * volume. It may name too much and never too little.
 */
@FunctionalInterface
public interface ExtentMap {
    /** The extents within the piece, cut to it, ascending and apart from each other. */
    List<Extent> within(Extent piece) throws IOException;

    /** For who knows nothing. */
    static ExtentMap everything() {
        return List::of;
    }

    /** These extents, which are ascending and apart from each other. */
    static ExtentMap of(List<Extent> extents) {
        List<Extent> all = List.copyOf(extents);
        return piece -> {
            List<Extent> found = new ArrayList<>();
            for (Extent extent : all) {
                long begin = Math.max(extent.offset(), piece.offset());
                long end = Math.min(extent.end(), piece.end());
                if (begin < end) {
                    found.add(new Extent(begin, end - begin));
                }
            }
            return found;
        };
    }
}
