package io.stowage.server.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a source offers, and what a target wants of it (migrate.proto, {@code MigrationHeader}).
 *
 * @param type how content is sent: {@link #RSYNC}, {@link #BLOCKS}, or another of LXD's
 * @param names the snapshots, oldest first; the same as in {@code snapshots}
 * @param refresh only in answers: whether the target has some already
 * @param indexVersion 0: the peer sends and reads no index
 * @param own what only servers of ours say and understand
 */
record MigrationHeader(
        int type,
        List<String> names,
        List<HeaderSnapshot> snapshots,
        Optional<RsyncFeatures> rsync,
        Optional<Boolean> refresh,
        int indexVersion,
        Optional<OwnHeader> own) {
    static final int RSYNC = 0;
    static final int BLOCKS = 4;

    /** The index that both LXD 5.0 and later ones read. */
    static final int INDEX_VERSION = 1;

    /** More than anybody has of one volume. */
    private static final int MOST_SNAPSHOTS = 10_000;

    private static final List<String> TYPES =
            List.of("RSYNC", "BTRFS", "ZFS", "RBD", "BLOCK_AND_RSYNC", "RBD_AND_RSYNC");

    MigrationHeader {
        names = List.copyOf(names);
        snapshots = List.copyOf(snapshots);
    }

    /** LXD's word for a type. */
    static String word(int type) {
        return type >= 0 && type < TYPES.size() ? TYPES.get(type) : Integer.toString(type);
    }

    byte[] write() {
        var out = new ProtoWriter().number(1, type);
        names.forEach(name -> out.text(4, name));
        snapshots.forEach(snapshot -> out.message(5, snapshot.write()));
        rsync.ifPresent(features -> out.message(8, features.write()));
        refresh.ifPresent(value -> out.flag(9, value));
        if (indexVersion > 0) {
            out.number(13, indexVersion);
        }
        own.ifPresent(header -> out.message(OwnHeader.FIELD, header.write()));
        return out.toBytes();
    }

    static MigrationHeader read(byte[] bytes) throws MalformedMessage {
        var in = new ProtoReader(bytes);
        @Nullable Long type = null;
        var names = new ArrayList<String>();
        var snapshots = new ArrayList<HeaderSnapshot>();
        Optional<RsyncFeatures> rsync = Optional.empty();
        Optional<Boolean> refresh = Optional.empty();
        Optional<OwnHeader> own = Optional.empty();
        var indexVersion = 0L;
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> type = in.number();
                case 4 -> names.add(in.text());
                case 5 -> snapshots.add(HeaderSnapshot.read(in.message()));
                case 8 -> rsync = Optional.of(RsyncFeatures.read(in.message()));
                case 9 -> refresh = Optional.of(in.flag());
                case 13 -> indexVersion = in.number() & 0xffff_ffffL;
                case OwnHeader.FIELD -> own = Optional.of(OwnHeader.read(in.message()));
                default -> {} // of instances and other drivers, or newer than we are
            }
            if (names.size() > MOST_SNAPSHOTS || snapshots.size() > MOST_SNAPSHOTS) {
                throw new MalformedMessage("The peer names more than " + MOST_SNAPSHOTS + " snapshots");
            }
        }
        if (type == null) {
            throw new MalformedMessage("The peer doesn't say how it sends content");
        }
        return new MigrationHeader(
                (int) Math.clamp(type, Integer.MIN_VALUE, Integer.MAX_VALUE),
                names,
                snapshots,
                rsync,
                refresh,
                (int) Math.min(indexVersion, Integer.MAX_VALUE),
                own);
    }
}
