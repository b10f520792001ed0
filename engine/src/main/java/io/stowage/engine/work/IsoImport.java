package io.stowage.engine.work;

import io.stowage.database.RowState;
import io.stowage.database.Transaction;
import io.stowage.engine.IsoUpload;
import io.stowage.engine.OperationKind;
import io.stowage.engine.Refused;
import io.stowage.engine.Volume;
import io.stowage.engine.VolumeName;
import io.stowage.engine.host.RawDevice;
import io.stowage.engine.journal.Entry;
import io.stowage.engine.journal.Steps;
import io.stowage.engine.journal.Work;
import io.stowage.model.ByteSize;
import io.stowage.model.VolumeKeys;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Fills the volume of a row that says {@code CREATING} with an ISO image while it arrives. An image whose length nobody
 * has told lets the volume grow with it. What was cut short by a restart is taken back: nobody sends the rest.
 */
final class IsoImport implements Work<Volume> {
    /** The volume grows by this much while the length is unknown; a multiple of every array's granularity. */
    static final ByteSize STRIDE = ByteSize.ofMiB(256);

    private static final int CHUNK = 1 << 20;
    private static final long REPORT = 64L << 20;

    private final Site site;
    private final Entry entry;
    private final UUID id;
    private final @Nullable InputStream content;
    private final long expected;

    /** After a restart: only to be taken back. */
    IsoImport(Site site, Entry entry) {
        this(site, entry, null, 0);
    }

    private IsoImport(Site site, Entry entry, @Nullable InputStream content, long expected) {
        this.site = site;
        this.entry = entry;
        this.id = entry.uuid("id");
        this.content = content;
        this.expected = expected;
    }

    static IsoImport of(Site site, IsoUpload upload, UUID id) {
        VolumeName name = upload.name();
        return new IsoImport(
                site,
                Entry.ofVolume(OperationKind.VOLUME_UPLOAD, name, Map.of("id", id.toString())),
                upload.content(),
                upload.length().orElse(0));
    }

    @Override
    public Entry entry() {
        return entry;
    }

    @Override
    public List<String> locks() {
        return List.of(Catalog.lock(id));
    }

    @Override
    public void run(Steps steps) {
        VolumeAtHand volume = VolumeAtHand.of(site, id);
        steps.once("make the volume on the array", volume::create);
        steps.once("receive the image", () -> receive(volume, steps));
    }

    private void receive(VolumeAtHand volume, Steps steps) {
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
                < site.database().read(tx -> Catalog.volume(tx, id)).size();
        if (tooLarge && volume.pool().capabilities().shrinks()) {
            volume.array().resizeVolume(volume.onArray(), size, true);
            volume.noteSize(size.bytes());
        }
    }

    private long receive(VolumeAtHand volume, RawDevice raw, Steps steps) {
        InputStream from = Objects.requireNonNull(content);
        byte[] chunk = new byte[CHUNK];
        long room = volume.row().size();
        long received = 0;
        while (true) {
            int count = read(from, chunk);
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

    @Override
    public Volume done(Transaction tx) {
        Map<String, String> config = new HashMap<>(tx.volumeConfig().get(id));
        config.put(VolumeKeys.SIZE, Long.toString(Catalog.volume(tx, id).size()));
        tx.volumeConfig().replace(id, config);
        tx.volumes().settle(id, RowState.READY);
        Recovery.touch(tx, Catalog.volume(tx, id));
        return Catalog.show(tx, Catalog.volume(tx, id));
    }

    @Override
    public void after() {
        site.recovery().write(id);
    }

    @Override
    public void failing(Transaction tx) {
        tx.volumes().settle(id, RowState.DELETING);
    }

    @Override
    public void undo() {
        VolumeCreate.takeBack(site, id);
    }

    @Override
    public void undone(Transaction tx) {
        VolumeCreate.forget(tx, Catalog.volume(tx, id));
    }

    @Override
    public boolean mayCancel() {
        return true;
    }

    @Override
    public boolean survivesRestart() {
        return false;
    }
}
