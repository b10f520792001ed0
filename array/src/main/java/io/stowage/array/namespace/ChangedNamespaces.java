package io.stowage.array.namespace;

import io.stowage.array.core.LogicalUnit;
import io.stowage.nvme.identify.NamespaceList;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeSet;

/** Which namespaces have changed since the host last asked. Base 2.0, section 5.16.1.5. */
final class ChangedNamespaces {
    private static final int TOO_MANY = 0xFFFF_FFFF;

    private Map<Integer, LogicalUnit> known; // guarded by this
    private final Set<Integer> changed = new TreeSet<>(); // guarded by this

    /** @param known what the host finds when it first looks */
    ChangedNamespaces(NavigableMap<Integer, LogicalUnit> known) {
        this.known = known;
    }

    /** Compares with what was there before; true if anything is different. */
    synchronized boolean look(NavigableMap<Integer, LogicalUnit> now) {
        Set<Integer> all = new HashSet<>(known.keySet());
        all.addAll(now.keySet());
        Map<Integer, LogicalUnit> before = known;
        all.removeIf(id -> now.containsKey(id) && now.get(id) == before.get(id));
        known = now;
        changed.addAll(all);
        return !all.isEmpty();
    }

    synchronized void add(int id) {
        changed.add(id);
    }

    /** The log page; begins anew if it is {@code taken}. */
    synchronized ByteBuffer page(boolean taken) {
        ByteBuffer page =
                NamespaceList.encode(changed.size() > NamespaceList.MAX ? List.of(TOO_MANY) : List.copyOf(changed));
        if (taken) {
            changed.clear();
        }
        return page;
    }
}
