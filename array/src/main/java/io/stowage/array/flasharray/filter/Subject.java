package io.stowage.array.flasharray.filter;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** What a filter is tried on; asked only for what the expression speaks of. */
public interface Subject {
    /** The item as it would be sent. */
    JsonNode item();

    /** Its tags. */
    List<Label> labels();

    /** A tag. */
    record Label(String key, String value) {}
}
