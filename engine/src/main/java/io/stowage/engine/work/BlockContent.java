package io.stowage.engine.work;

import io.stowage.engine.host.RawDevice;
import io.stowage.engine.journal.Failures;
import io.stowage.host.archive.TarEntry;
import io.stowage.model.ByteSize;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Blocks that arrive for a volume. Only what differs from what the volume has is written: zeros take no space in a new
 * volume, and what a snapshot has too stays shared with it.
 */
final class BlockContent {
    private static final int CHUNK = 1 << 18;

    private final Site site;
    private final VolumeAtHand volume;

    BlockContent(Site site, VolumeAtHand volume) {
        this.site = site;
        this.volume = volume;
    }

    /**
     * @param fresh whether the volume reads as zeros
     * @return the member after this one
     */
    Optional<TarEntry> receive(ArrivingBackup arriving, TarEntry member, boolean fresh) {
        if (member.size() > volume.row().size()) {
            ByteSize size = volume.pool().capabilities().round(new ByteSize(member.size()));
            volume.array().resizeVolume(volume.onArray(), size, false);
            volume.noteSize(size.bytes());
        }
        volume.withDevice(device -> {
            try (RawDevice raw = site.files().open(device)) {
                receive(arriving, raw, fresh);
                raw.flush();
            }
        });
        return arriving.next();
    }

    private static void receive(ArrivingBackup arriving, RawDevice raw, boolean fresh) {
        byte[] chunk = new byte[CHUNK];
        byte[] present = new byte[CHUNK];
        long at = 0;
        for (int count = read(arriving, chunk); count > 0; count = read(arriving, chunk)) {
            if (!fresh) {
                raw.read(ByteBuffer.wrap(present, 0, count), at);
            }
            if (!Arrays.equals(chunk, 0, count, present, 0, count)) {
                raw.write(ByteBuffer.wrap(chunk, 0, count), at);
            }
            at += count;
        }
    }

    private static int read(ArrivingBackup arriving, byte[] chunk) {
        return Failures.io(() -> arriving.archive().read(chunk, chunk.length));
    }
}
