package io.stowage.array.nvme;

import io.stowage.array.namespace.Subsystems;
import io.stowage.array.net.Portal;
import io.stowage.nvme.discovery.DiscoveryEntry;
import io.stowage.nvme.discovery.DiscoveryLog;
import io.stowage.nvme.text.Nqn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What hosts find when they ask for subsystems. Its generation counter grows when a host is to be told something else
 * than before. May be used by several threads. Base 2.0, section 5.16.1.23.
 */
final class Directory {
    /** Hosts whose last answer is remembered; of others the next one counts as the first. */
    private static final int REMEMBERED = 1024;

    private final List<Subsystems> served;
    private final List<Entrance> entrances;
    private final Map<String, Listing> told = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Listing> eldest) {
            return size() > REMEMBERED;
        }
    };
    private long generation = 1; // guarded by this

    Directory(List<Subsystems> served, List<Entrance> entrances) {
        this.served = List.copyOf(served);
        this.entrances = List.copyOf(entrances);
    }

    private record Listing(List<DiscoveryEntry> entries, long generation) {}

    /** Subsystems and portals for this host now, without the discovery subsystem itself. */
    List<DiscoveryEntry> entries(String host) {
        var entries = new ArrayList<DiscoveryEntry>();
        for (var subsystems : served) {
            for (var subsystem : subsystems.listedTo(host)) {
                for (var entrance : entrances) {
                    if (entrance.isInService()) {
                        Portal portal = entrance.all();
                        entries.add(DiscoveryEntry.of(
                                DiscoveryEntry.NVM, portal.number(), subsystem.nqn(), portal.address()));
                    }
                }
            }
        }
        return entries;
    }

    /** The log for this host, which came through this portal. */
    DiscoveryLog log(String host, Portal through) {
        var listing = listing(host, entries(host));
        var all = new ArrayList<DiscoveryEntry>();
        all.add(DiscoveryEntry.of(
                DiscoveryEntry.CURRENT_DISCOVERY, through.number(), Nqn.DISCOVERY, through.address()));
        all.addAll(listing.entries());
        return new DiscoveryLog(listing.generation(), all);
    }

    private synchronized Listing listing(String host, List<DiscoveryEntry> now) {
        var key = host.toLowerCase(Locale.ROOT);
        var before = told.get(key);
        if (before != null && before.entries().equals(now)) {
            return before;
        }
        if (before != null) {
            generation++;
        }
        var listing = new Listing(now, generation);
        told.put(key, listing);
        return listing;
    }
}
