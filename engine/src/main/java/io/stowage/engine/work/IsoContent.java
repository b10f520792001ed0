package io.stowage.engine.work;

import io.stowage.engine.IsoUpload;
import io.stowage.engine.Refused;
import io.stowage.engine.host.RawDevice;
import io.stowage.engine.journal.Steps;
import io.stowage.model.ByteSize;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** An ISO image that arrives. One whose length nobody has told lets the volume grow with it. */
final class IsoContent implements Uploaded {
    /** The volume grows by this much while the length is unknown; a multiple of every array's granularity. */
    static final ByteSize STRIDE = ByteSize.ofMiB(256);

    private static final int CHUNK = 1 << 20;
    private static final long REPORT = 64L << 20;

    private final Site site;
    private final InputStream content;
    private final long expected;

    IsoContent(Site site, IsoUpload upload) {
        this.site = site;
        this.content = upload.content();
        this.expected = upload.length().orElse(0);
    }

    @Override
    public void receive(VolumeAtHand volume, Steps steps) {
        long[] received = {0};
        volume.withDevice(device -> {
            try (RawDevice raw = site.files().open(device)) {
                received[0] = receive(volume, raw, steps);
                raw.flush();
            }
        });
        if (received[0] == 0) {
            throw Refused.badInput("The uploaded image is empty");
        }
        ByteSize size = volume.pool().capabilities().round(new ByteSize(received[0]));
        boolean tooLarge = size.bytes()
                < site.database()
                        .read(tx -> Catalog.volume(tx, volume.row().id()))
                        .size();
        if (tooLarge && volume.pool().capabilities().shrinks()) {
            volume.array().resizeVolume(volume.onArray(), size, true);
            volume.noteSize(size.bytes());
        }
    }

    private long receive(VolumeAtHand volume, RawDevice raw, Steps steps) {
        byte[] chunk = new byte[CHUNK];
        long room = volume.row().size();
        long received = 0;
        while (true) {
            int count = read(content, chunk);
            if (count == 0) {
                return received;
            }
            if (received + count > room) {
                room = makeRoom(volume, received + count);
            }
            raw.write(ByteBuffer.wrap(chunk, 0, count), received);
            if (received / REPORT != (received + count) / REPORT) {
                report(steps, received + count);
            }
            steps.heed();
            received += count;
        }
    }

    private static int read(InputStream from, byte[] chunk) {
        try {
            return from.readNBytes(chunk, 0, chunk.length);
        } catch (IOException e) {
            throw new Refused(Refused.Kind.BAD_INPUT, "The upload was cut short: " + e.getMessage(), e);
        }
    }

    private void report(Steps steps, long received) {
        if (expected > 0) {
            steps.progress("received", (int) (received * 100 / expected));
        } else {
            steps.progress("received: " + new ByteSize(received));
        }
    }

    private long makeRoom(VolumeAtHand volume, long bytes) {
        ByteSize size = new ByteSize(bytes).roundUp(ByteSize.ZERO, STRIDE);
        volume.array().resizeVolume(volume.onArray(), size, false);
        volume.noteSize(size.bytes());
        site.links().grow(volume.onArray(), size.bytes());
        return size.bytes();
    }
}
