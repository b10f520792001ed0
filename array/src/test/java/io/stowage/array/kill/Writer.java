package io.stowage.array.kill;

import io.stowage.array.flasharray.Rest;
import io.stowage.array.iscsi.TestInitiator;
import io.stowage.iscsi.pdu.ScsiResponse;
import io.stowage.iscsi.scsi.Cdb;
import io.stowage.iscsi.scsi.CdbSize;
import io.stowage.iscsi.scsi.ScsiStatus;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
     * @param lun under which the host sees the volume
     */
    record Place(LiveVolume volume, int index, int lun) {
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

    /** Hears of the array's restart, for which the first command for each unit is refused. */
    void arrive(TestInitiator session) throws IOException {
        for (var place : places) {
            if (!session.in(place.lun(), new Cdb.TestUnitReady(), 0).isGood()) {
                requireGood(session.in(place.lun(), new Cdb.TestUnitReady(), 0).status());
            }
        }
    }

    void step(TestInitiator session, Rest rest, Random random) throws IOException {
        switch (random.nextInt(12)) {
            case 0 -> restore(rest, random);
            case 1, 2 -> administrator.step(rest, random);
            default -> batch(session, places.get(random.nextInt(places.size())), random);
        }
    }

    /** Some writes or discards at once, with FUA, or a flush behind them, or neither. */
    private static void batch(TestInitiator session, Place place, Random random) throws IOException {
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
            send(session, order, block -> sendDiscard(session, place, block));
        } else {
            var fua = throughCache;
            var written = region.send(order, false);
            send(session, order, block -> sendWrite(session, place, block, written, fua));
        }
        region.answered(order, throughCache);
        if (!throughCache && random.nextBoolean()) {
            requireGood(session.in(place.lun(), Cdb.SynchronizeCache.everything(), 0)
                    .status());
            region.flushed();
        }
    }

    private interface Sending {
        int send(int block) throws IOException;
    }

    private static int sendWrite(TestInitiator session, Place place, int block, Written written, boolean fua)
            throws IOException {
        var data = ByteBuffer.allocate(Written.BLOCK);
        written.put(data, place.volume().block(place.index(), block));
        return session.startOut(
                place.lun(), new Cdb.Write(place.lba(block), BLOCK_SECTORS, fua), data.flip(), Written.BLOCK);
    }

    /** WRITE SAME of zeros that gives the blocks up, which needs no data. */
    private static int sendDiscard(TestInitiator session, Place place, int block) throws IOException {
        var cdb = new Cdb.WriteSame(CdbSize.SIXTEEN, place.lba(block), BLOCK_SECTORS, 0, false, true, true);
        return session.startOut(place.lun(), cdb, ByteBuffer.allocate(0), 0);
    }

    /** Sends all, then waits for all answers; the array may answer in any order. */
    private static void send(TestInitiator session, List<Integer> blocks, Sending sending) throws IOException {
        Map<Integer, Integer> underWay = new HashMap<>();
        for (int block : blocks) {
            underWay.put(sending.send(block), block);
        }
        while (!underWay.isEmpty()) {
            var received = session.receive();
            if (!(received.pdu() instanceof ScsiResponse response) || underWay.remove(response.taskTag()) == null) {
                throw new AssertionError("not expected: " + received.pdu());
            }
            requireGood(response.status());
        }
    }

    private static void requireGood(int status) {
        if (status != ScsiStatus.GOOD) {
            throw new AssertionError("a command ended with status " + status);
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
