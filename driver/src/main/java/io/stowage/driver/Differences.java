package io.stowage.driver;

import io.stowage.model.Extent;
import java.util.List;

/**
 * Where two objects of an array may differ.
 *
 * @param extents ascending and apart from each other; everything else before {@code until} is the same in both
 * @param until nothing was told of what is from this byte on; at the end of the object everything was
 */
public record Differences(List<Extent> extents, long until) {
    public Differences {
        extents = List.copyOf(extents);
    }
}
