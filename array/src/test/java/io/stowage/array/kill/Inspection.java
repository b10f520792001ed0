package io.stowage.array.kill;

import io.stowage.array.flasharray.Rest;
import io.stowage.array.iscsi.TestInitiator;
import io.stowage.iscsi.scsi.Cdb;
import io.stowage.iscsi.scsi.Sense;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;

/** Looks, through the API and a session of its own host, whether a restarted array has what it must have. */
final class Inspection {
    static final String HOST = "inspector";
    static final String INITIATOR = "iqn.2026-11.io.stowage:" + HOST;

    private static final int SECTOR = 512;
    private static final int HALF = LiveVolume.BLOCKS / 2;
    private static final String COPY = "inspected";

    private final Rest rest;
    private final TestInitiator session;

    Inspection(Rest rest, TestInitiator session) {
        this.rest = rest;
        this.session = session;
    }

    /** First of all: afterwards the contents are settled that were asked for by a change that was not answered. */
    void objects(List<Administrator> administrators) {
        for (var administrator : administrators) {
            var shown = new ArrayList<String>();
            named("volumes", administrator.mark() + "c*").forEach(volume -> shown.add(shown(volume, false)));
            named("volume-snapshots", "*." + administrator.mark() + "s*")
                    .forEach(snapshot -> shown.add(shown(snapshot, true)));
            administrator.found(shown.stream().sorted().toList());
        }
    }

    /** Not those that the array takes by itself before an overwrite: they become many. */
    private List<JsonNode> named(String kind, String pattern) {
        return rest.get(kind + "?filter=" + URLEncoder.encode("name='" + pattern + "'", StandardCharsets.UTF_8));
    }

    private static String shown(JsonNode item, boolean snapshot) {
        return new Thing(
                        item.path("name").asString(),
                        snapshot,
                        item.path("provisioned").asLong(),
                        item.path("destroyed").asBoolean(),
                        new Content(1, List.of()))
                .shown();
    }

    /** A volume that is connected to the inspector. */
    void live(LiveVolume volume, int lun) throws IOException {
        volume.found(read(lun, volume.name()));
    }

    /** All that nobody has looked at since it was made, and some of the others. */
    void contents(Administrator administrator, Random random, int oneIn) throws IOException {
        var last = new ArrayList<Thing>();
        for (var thing : administrator.things()) {
            if (administrator.before(thing).isPresent()) {
                last.add(thing); // when it is known what it would have been overwritten with
            } else if (!thing.destroyed() && (!thing.content().isKnown() || random.nextInt(oneIn) == 0)) {
                thing.content().found(read(thing), thing.name());
            }
        }
        for (var thing : last) {
            var before = administrator.before(thing).orElseThrow();
            var stamps = read(thing);
            try {
                thing.content().found(stamps, thing.name());
            } catch (AssertionError e) {
                before.content().found(stamps, thing.name() + ", not overwritten,");
                administrator.takeBack(before);
            }
        }
    }

    /** Snapshots can't be connected, so a copy is looked at. */
    private long[] read(Thing thing) throws IOException {
        var volume = thing.name();
        if (thing.snapshot()) {
            volume = COPY;
            rest.post("volumes?names=" + COPY, "{'source': {'name': '" + thing.name() + "'}}");
        }
        var connection = "connections?host_names=" + HOST + "&volume_names=" + volume;
        int lun = rest.post(connection, "{}").getFirst().path("lun").asInt();
        var stamps = read(lun, thing.name());
        rest.delete(connection);
        if (thing.snapshot()) {
            rest.patch("volumes?names=" + COPY, "{'destroyed': true}");
            rest.delete("volumes?names=" + COPY);
        }
        return stamps;
    }

    private long[] read(int lun, String where) throws IOException {
        var stamps = new long[LiveVolume.BLOCKS];
        for (int first = 0; first < LiveVolume.BLOCKS; first += HALF) {
            int bytes = HALF * Written.BLOCK;
            var outcome = read(lun, LiveVolume.offset(first) / SECTOR, bytes);
            for (int block = first; block < first + HALF; block++) {
                stamps[block] = Written.stamp(outcome, block, where);
            }
        }
        return stamps;
    }

    private ByteBuffer read(int lun, long lba, int bytes) throws IOException {
        while (true) {
            var outcome = session.in(lun, new Cdb.Read(lba, bytes / SECTOR), bytes);
            if (outcome.isGood() && outcome.data().remaining() == bytes) {
                return outcome.data();
            }
            if (outcome.sense().key() != Sense.UNIT_ATTENTION) { // what is connected changes
                throw new AssertionError("LUN " + lun + " can't be read: " + outcome);
            }
        }
    }
}
