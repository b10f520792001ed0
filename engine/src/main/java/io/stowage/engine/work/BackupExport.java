package io.stowage.engine.work;

import io.stowage.database.BackupRow;
import io.stowage.engine.Backups;
import io.stowage.engine.archive.BackupIndex;
import io.stowage.engine.archive.IndexYaml;
import io.stowage.engine.host.RawDevice;
import io.stowage.engine.journal.Failures;
import io.stowage.host.archive.Compression;
import io.stowage.host.archive.TarEntry;
import io.stowage.host.archive.TarWriter;
import io.stowage.host.transfer.ExtentMap;
import io.stowage.model.ContentType;
import io.stowage.model.Extent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;

/** The file of a backup: made while it is written, from what is on the array. */
final class BackupExport implements Backups.File {
    private static final int CHUNK = 1 << 20;

    private final Site site;
    private final BackupRow row;
    private final Map<UUID, String> snapshots;

    BackupExport(Site site, BackupRow row, Map<UUID, String> snapshots) {
        this.site = site;
        this.row = row;
        this.snapshots = snapshots;
    }

    /** Images have a header and their bytes; how long a tree's archive or a compressed one becomes shows at its end. */
    @Override
    public OptionalLong length() {
        return Failures.io(this::computedLength);
    }

    private OptionalLong computedLength() throws IOException {
        boolean known = Compression.parse(row.compression()).isNone()
                && index().volume().content() == ContentType.BLOCK;
        if (!known) {
            return OptionalLong.empty();
        }
        Length length = new Length();
        write(new TarWriter(length), (archive, snapshot, member) -> {
            long bytes = size(snapshot);
            archive.put(image(member, bytes), _ -> length.add(bytes));
        });
        return OptionalLong.of(length.bytes);
    }

    @Override
    public void writeTo(OutputStream target) throws IOException {
        try (OutputStream out = Compression.parse(row.compression()).to(target)) {
            write(new TarWriter(out), this::content);
        }
    }

    private BackupIndex index() throws IOException {
        return IndexYaml.read(row.contents());
    }

    /** Puts what is in a snapshot into the archive. */
    @FunctionalInterface
    private interface Part {
        void put(TarWriter archive, UUID snapshot, String member) throws IOException;
    }

    private void write(TarWriter archive, Part part) throws IOException {
        BackupIndex index = index();
        byte[] text = row.contents().getBytes(StandardCharsets.UTF_8);
        archive.put(TarEntry.file(BackupIndex.MEMBER, text.length, seconds()), content -> content.write(text));
        for (Map.Entry<UUID, String> snapshot : snapshots.entrySet()) {
            part.put(archive, snapshot.getKey(), index.snapshotMember(snapshot.getValue()));
        }
        part.put(archive, row.id(), index.volumeMember());
        archive.end();
    }

    private long seconds() {
        return row.createdAt().getEpochSecond();
    }

    private TarEntry image(String member, long bytes) {
        return TarEntry.file(member, bytes, seconds());
    }

    private void content(TarWriter archive, UUID snapshot, String member) throws IOException {
        try (Reading reading = Reading.open(site, row.volume(), snapshot)) {
            VolumeAtHand volume = VolumeAtHand.of(site, row.volume());
            if (volume.hasFiles()) {
                site.files().pack(reading.folder(), member, archive);
                return;
            }
            try (RawDevice device = site.files().open(reading.device())) {
                long bytes = size(snapshot);
                archive.put(image(member, bytes), content -> copy(device, reading.data(), bytes, content));
            }
        }
    }

    /** A volume may have grown since. */
    private long size(UUID snapshot) {
        return snapshot.equals(row.id())
                ? row.size()
                : site.database().read(tx -> Catalog.snapshot(tx, snapshot)).size();
    }

    /** Only what may be something else than zeroes is read. */
    private static void copy(RawDevice device, ExtentMap data, long bytes, OutputStream out) throws IOException {
        byte[] chunk = new byte[CHUNK];
        for (long at = 0; at < bytes; at += chunk.length) {
            int count = (int) Math.min(chunk.length, bytes - at);
            Arrays.fill(chunk, (byte) 0);
            for (Extent extent : data.within(new Extent(at, count))) {
                int begin = (int) (extent.offset() - at);
                int length = (int) extent.length();
                if (device.read(ByteBuffer.wrap(chunk, begin, length), extent.offset()) < length) {
                    throw Failures.of(new IOException("The device ends before its " + bytes + " bytes"));
                }
            }
            out.write(chunk, 0, count);
        }
    }

    /** Only counts. */
    private static final class Length extends OutputStream {
        private long bytes;

        void add(long count) {
            bytes += count;
        }

        @Override
        public void write(int one) {
            bytes++;
        }

        @Override
        public void write(byte[] some, int offset, int length) {
            bytes += length;
        }
    }
}
