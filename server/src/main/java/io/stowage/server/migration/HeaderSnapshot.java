package io.stowage.server.migration;

import java.util.Map;
import java.util.TreeMap;

/**
 * A snapshot in a {@link MigrationHeader}.
 *
 * @param created seconds since 1970; 0: not told, as by LXD 5.0
 * @param expires the same; 0 or less: never
 */
record HeaderSnapshot(String name, Map<String, String> config, long created, long expires) {
    HeaderSnapshot {
        config = Map.copyOf(config);
    }

    /** With the fields that only instances have, too: some are required, and LXD writes them all. */
    ProtoWriter write() {
        var out = new ProtoWriter().text(1, name);
        new TreeMap<>(config)
                .forEach((key, value) ->
                        out.message(2, new ProtoWriter().text(1, key).text(2, value)));
        return out.flag(4, false)
                .number(6, 0)
                .flag(7, false)
                .number(8, created)
                .number(9, 0)
                .number(10, expires);
    }

    static HeaderSnapshot read(ProtoReader in) throws MalformedMessage {
        var name = "";
        var config = new TreeMap<String, String>();
        var created = 0L;
        var expires = 0L;
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> name = in.text();
                case 2 -> pair(in.message(), config);
                case 8 -> created = in.number();
                case 10 -> expires = in.number();
                default -> {} // of instances, or newer than we are
            }
        }
        if (name.isEmpty()) {
            throw new MalformedMessage("A snapshot of the offer has no name");
        }
        return new HeaderSnapshot(name, config, created, expires);
    }

    private static void pair(ProtoReader in, Map<String, String> config) throws MalformedMessage {
        var key = "";
        var value = "";
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> key = in.text();
                case 2 -> value = in.text();
                default -> {} // newer than we are
            }
        }
        config.put(key, value);
    }
}
