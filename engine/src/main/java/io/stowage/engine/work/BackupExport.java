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
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
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

    @Override
    public void writeTo(OutputStream target) throws IOException {
        BackupIndex index = IndexYaml.read(row.contents());
        try (OutputStream out = Compression.parse(row.compression()).to(target)) {
            TarWriter archive = new TarWriter(out);
            byte[] text = row.contents().getBytes(StandardCharsets.UTF_8);
            long now = row.createdAt().getEpochSecond();
            archive.put(TarEntry.file(BackupIndex.MEMBER, text.length, now), content -> content.write(text));
            for (Map.Entry<UUID, String> snapshot : snapshots.entrySet()) {
                write(archive, snapshot.getKey(), index.snapshotMember(snapshot.getValue()));
            }
            write(archive, row.id(), index.volumeMember());
            archive.end();
        }
    }

    private void write(TarWriter archive, UUID snapshot, String member) throws IOException {
        try (Reading reading = Reading.open(site, row.volume(), snapshot)) {
            VolumeAtHand volume = VolumeAtHand.of(site, row.volume());
            if (volume.hasFiles()) {
                site.files().pack(reading.folder(), member, archive);
                return;
            }
            try (RawDevice device = site.files().open(reading.device())) {
                long bytes = size(snapshot);
                archive.put(
                        TarEntry.file(member, bytes, row.createdAt().getEpochSecond()),
                        content -> copy(device, bytes, content));
            }
        }
    }

    /** A volume may have grown since. */
    private long size(UUID snapshot) {
        return snapshot.equals(row.id())
                ? row.size()
                : site.database().read(tx -> Catalog.snapshot(tx, snapshot)).size();
    }

    private static void copy(RawDevice device, long bytes, OutputStream out) throws IOException {
        byte[] chunk = new byte[CHUNK];
        for (long at = 0; at < bytes; ) {
            int count = (int) Math.min(chunk.length, bytes - at);
            if (device.read(ByteBuffer.wrap(chunk, 0, count), at) < count) {
                throw Failures.of(new IOException("The device ends before its " + bytes + " bytes"));
            }
            out.write(chunk, 0, count);
            at += count;
        }
    }
}
