package io.stowage.engine.work;

import io.stowage.engine.journal.Entry;
import java.util.Map;

/** How content gets from one volume to another. */
enum Way {
    /** Both are on one array, which does it by itself. */
    ARRAY,
    /** Through this host, block by block. */
    BLOCKS,
    /** Through this host, file by file: into a smaller file system, or into one of another kind. */
    FILES;

    private static final String KEY = "way";

    void write(Map<String, String> input) {
        input.put(KEY, name());
    }

    static Way read(Entry entry) {
        return valueOf(entry.text(KEY));
    }
}
