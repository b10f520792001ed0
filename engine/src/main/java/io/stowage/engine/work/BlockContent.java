package io.stowage.engine.work;

import io.stowage.engine.Refused;
import io.stowage.engine.host.RawDevice;
import io.stowage.engine.journal.Failures;
import io.stowage.host.archive.TarEntry;
import io.stowage.model.ByteSize;
import java.io.IOException;
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
        long bytes = volume.row().size();
        if (member.size() > bytes) {
            ByteSize size = volume.pool().capabilities().round(new ByteSize(member.size()));
            volume.array().resizeVolume(volume.onArray(), size, false);
            volume.noteSize(size.bytes());
            bytes = size.bytes();
        }
        receive(chunk -> arriving.archive().read(chunk, chunk.length), bytes, fresh);
        return arriving.next();
    }

    /** Where blocks come from. */
    interface Blocks {
        /** Fills the chunk, but for what comes last. @return how many bytes; 0 or less at the end */
        int read(byte[] chunk) throws IOException;
    }

    /**
     * @param size of the volume
     * @param fresh whether the volume reads as zeros
     */
    void receive(Blocks arriving, long size, boolean fresh) {
        volume.withDevice(device -> {
            try (RawDevice raw = site.files().open(device)) {
                receive(arriving, raw, size, fresh);
                raw.flush();
            }
        });
    }

    private static void receive(Blocks arriving, RawDevice raw, long size, boolean fresh) {
        byte[] chunk = new byte[CHUNK];
        byte[] present = new byte[CHUNK];
        long at = 0;
        for (int count = read(arriving, chunk); count > 0; count = read(arriving, chunk)) {
            if (count > size - at) {
                throw Refused.badInput("More than the " + new ByteSize(size) + " of the volume arrive");
            }
            if (!fresh) {
                raw.read(ByteBuffer.wrap(present, 0, count), at);
            }
            if (!Arrays.equals(chunk, 0, count, present, 0, count)) {
                raw.write(ByteBuffer.wrap(chunk, 0, count), at);
            }
            at += count;
        }
    }

    private static int read(Blocks arriving, byte[] chunk) {
        return Failures.io(() -> arriving.read(chunk));
    }
}
