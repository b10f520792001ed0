package io.stowage.array.kill;

import io.stowage.array.flasharray.Rest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/** A host with a session of its own that writes its regions in batches, and restores its own volume from snapshots of it. */
final class Writer {
    private static final int SECTOR = 512;
    private static final int BLOCK_SECTORS = Written.BLOCK / SECTOR;
    private static final int MOST_WRITES = 8;

    /**
     * A region that this host writes.
     *
     * @param index of the region in the volume
     * @param unit under which the host sees the volume: a LUN, or a namespace's number
     */
    record Place(LiveVolume volume, int index, int unit) {
        Region region() {
            return volume.region(index);
        }

        long lba(int block) {
            return LiveVolume.offset(volume.block(index, block)) / SECTOR;
        }
    }

    private final List<Place> places;
    private final Administrator administrator;

    /** @param places the first is a volume that nobody else writes */
    Writer(List<Place> places, Administrator administrator) {
        this.places = List.copyOf(places);
        this.administrator = administrator;
    }

    Administrator administrator() {
        return administrator;
    }

    /** Hears of the array's restart, for which the first command for each unit may be refused. */
    void arrive(HostSession session) throws IOException {
        for (var place : places) {
            session.arrive(place.unit());
        }
    }

    void step(HostSession session, Rest rest, Random random) throws IOException {
        switch (random.nextInt(12)) {
            case 0 -> restore(rest, random);
            case 1, 2 -> administrator.step(rest, random);
            default -> batch(session, places.get(random.nextInt(places.size())), random);
        }
    }

    /** Some writes or discards at once, with FUA, or a flush behind them, or neither. */
    private static void batch(HostSession session, Place place, Random random) throws IOException {
        var region = place.region();
        var blocks = new TreeSet<Integer>();
        int writes = 1 + random.nextInt(MOST_WRITES);
        while (blocks.size() < writes) {
            blocks.add(random.nextInt(region.blocks()));
        }
        var order = new ArrayList<>(blocks);
        Collections.shuffle(order, random);
        boolean throughCache = random.nextInt(4) == 0;
        if (random.nextInt(6) == 0) {
            region.send(order, true);
            throughCache = false;
            for (int block : order) {
                session.discard(place.unit(), place.lba(block), BLOCK_SECTORS);
            }
        } else {
            var written = region.send(order, false);
            for (int block : order) {
                var data = ByteBuffer.allocate(Written.BLOCK);
                written.put(data, place.volume().block(place.index(), block));
                session.write(place.unit(), place.lba(block), data.flip(), throughCache);
            }
        }
        session.awaitAll();
        region.answered(order, throughCache);
        if (!throughCache && random.nextBoolean()) {
            session.flush(place.unit());
            region.flushed();
        }
    }

    /** The own volume becomes what a snapshot of it holds; nobody writes it meanwhile. */
    private void restore(Rest rest, Random random) {
        var own = places.getFirst().volume();
        var snapshots = administrator.things().stream()
                .filter(thing -> thing.snapshot() && !thing.destroyed())
                .filter(thing -> thing.name().startsWith(own.name() + ".")
                        && thing.content().isKnown())
                .toList();
        if (snapshots.isEmpty()) {
            administrator.snapshot(rest, own);
            return;
        }
        var source = snapshots.get(random.nextInt(snapshots.size()));
        own.restores().writeLock().lock();
        try {
            own.restoring(source.content());
            rest.post("volumes?overwrite=true&names=" + own.name(), "{'source': {'name': '" + source.name() + "'}}");
            own.restored();
        } finally {
            own.restores().writeLock().unlock();
        }
    }
}
