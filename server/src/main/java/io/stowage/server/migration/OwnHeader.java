package io.stowage.server.migration;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What two servers of ours say to each other in a field of {@link MigrationHeader} that LXD doesn't know and passes over:
 * then blocks that hold data or have changed are sent instead of everything.
 *
 * @param fileSystem type of the volume's file system; empty for blocks
 * @param bytes size of the content that is sent last
 * @param snapshots all of the source's, wanted or not, oldest first; empty in answers
 * @param base only in answers: the snapshot of the source whose content the target begins with; empty: none
 */
record OwnHeader(String fileSystem, long bytes, List<Snapshot> snapshots, String base) {
    /** Far from LXD's, and in one byte less than the largest. */
    static final int FIELD = 7701;

    private static final int VERSION = 1;
    private static final int MOST_SNAPSHOTS = 10_000;

    /**
     * A snapshot of the source.
     *
     * @param origin the same for all that have its very content, on whichever server
     * @param bytes its size
     */
    record Snapshot(String name, UUID origin, long bytes) {
        ProtoWriter write() {
            var id = ByteBuffer.allocate(16)
                    .putLong(origin.getMostSignificantBits())
                    .putLong(origin.getLeastSignificantBits());
            return new ProtoWriter().text(1, name).bytes(2, id.array()).number(3, bytes);
        }

        static Snapshot read(ProtoReader in) throws MalformedMessage {
            var name = "";
            var origin = new UUID(0, 0);
            var bytes = 0L;
            for (int field = in.next(); field != 0; field = in.next()) {
                switch (field) {
                    case 1 -> name = in.text();
                    case 2 -> origin = id(in.bytes());
                    case 3 -> bytes = in.number();
                    default -> {} // newer than we are
                }
            }
            if (name.isEmpty() || bytes < 0) {
                throw new MalformedMessage(
                        "A snapshot of the offer has no name, or a size of %d bytes".formatted(bytes));
            }
            return new Snapshot(name, origin, bytes);
        }

        private static UUID id(byte[] bytes) throws MalformedMessage {
            if (bytes.length != 16) {
                throw new MalformedMessage("An identity has 16 bytes, not " + bytes.length);
            }
            var id = ByteBuffer.wrap(bytes);
            return new UUID(id.getLong(), id.getLong());
        }
    }

    OwnHeader {
        snapshots = List.copyOf(snapshots);
    }

    ProtoWriter write() {
        var out = new ProtoWriter().number(1, VERSION).text(2, fileSystem).number(3, bytes);
        snapshots.forEach(snapshot -> out.message(4, snapshot.write()));
        return out.text(5, base);
    }

    static OwnHeader read(ProtoReader in) throws MalformedMessage {
        var fileSystem = "";
        var bytes = 0L;
        var snapshots = new ArrayList<Snapshot>();
        var base = "";
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 2 -> fileSystem = in.text();
                case 3 -> bytes = in.number();
                case 4 -> snapshots.add(Snapshot.read(in.message()));
                case 5 -> base = in.text();
                default -> {} // the version, which only grows by what may be passed over; or newer than we are
            }
            if (snapshots.size() > MOST_SNAPSHOTS) {
                throw new MalformedMessage("The peer names more than " + MOST_SNAPSHOTS + " snapshots");
            }
        }
        if (bytes < 0) {
            throw new MalformedMessage("The peer says that the volume has %d bytes".formatted(bytes));
        }
        return new OwnHeader(fileSystem, bytes, snapshots, base);
    }
}
