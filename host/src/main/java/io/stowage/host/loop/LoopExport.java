package io.stowage.host.loop;

import io.stowage.host.export.BlockSource;
import io.stowage.host.export.DeviceBusy;
import io.stowage.host.export.ExportedDevice;
import io.stowage.host.fuse.FuseDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** One device that this process serves. */
final class LoopExport implements ExportedDevice {
    private static final System.Logger LOG = System.getLogger(LoopExport.class.getName());
    private static final Duration END = Duration.ofSeconds(60);
    static final Duration LEAVE = Duration.ofSeconds(5);

    private final LoopExporter exporter;
    private final DeviceRecord record;
    private final LoopDevice loop;
    private final FuseDisk disk;
    private final BlockSource source;
    private final boolean takenOver;
    private volatile boolean kept;
    private boolean removed;

    LoopExport(
            LoopExporter exporter,
            DeviceRecord record,
            LoopDevice loop,
            FuseDisk disk,
            BlockSource source,
            boolean takenOver) {
        this.exporter = exporter;
        this.record = record;
        this.loop = loop;
        this.disk = disk;
        this.source = source;
        this.takenOver = takenOver;
        this.kept = takenOver;
    }

    @Override
    public String key() {
        return record.key();
    }

    @Override
    public Path path() {
        return loop.path();
    }

    @Override
    public boolean takenOver() {
        return takenOver;
    }

    @Override
    public boolean outlivesServer() {
        return kept && exporter.holds(this) && disk.geometry().resends();
    }

    @Override
    public synchronized void keep() {
        if (!kept) {
            exporter.hold(record, disk);
            kept = true;
        }
    }

    @Override
    public synchronized void resized() throws IOException {
        if (loop.size() == source.size()) {
            return; // not for nothing: whoever looks at the device afterwards asks us for what the kernel forgets here
        }
        disk.sizeChanged();
        loop.followSize();
        if (loop.size() != source.size()) {
            throw new IOException("The device " + loop.path() + " has " + loop.size() + " bytes instead of "
                    + source.size() + " after its volume was resized");
        }
    }

    @Override
    public synchronized void remove() throws IOException {
        if (removed) {
            return;
        }
        // While the image is in use the loop device is ours; afterwards the same one may be somebody else's.
        if (!disk.awaitEnd(Duration.ZERO)) {
            Mounts mounts = Mounts.of(loop.path());
            if (!mounts.isEmpty()) {
                throw new DeviceBusy("Cannot take away " + loop.path() + ": it is mounted on " + mounts);
            }
            detach();
            if (!disk.awaitEnd(END)) {
                throw new IOException("The image of " + loop.path() + " is still in use");
            }
        } else {
            loop.giveBack();
        }
        removed = true;
        exporter.forget(this);
        record.delete();
    }

    /** Its number may be another file system's once it is gone, so it is guarded no more from here on. */
    private void detach() throws IOException {
        if (!kept) {
            exporter.unguard(record);
        }
        try {
            loop.detach();
        } catch (IOException e) {
            if (!kept) {
                exporter.guard(record, disk);
            }
            throw e;
        }
    }

    @Override
    public void leave() {
        disk.stop(LEAVE);
        if (!kept && disk.awaitEnd(Duration.ZERO)) {
            // With its last descriptor it has ended; otherwise the holder ends it with this process.
            try {
                exporter.unguard(record);
            } catch (IOException e) {
                LOG.log(System.Logger.Level.DEBUG, "Guarded by nobody any more: " + key(), e);
            }
        }
        exporter.left(this);
    }
}
