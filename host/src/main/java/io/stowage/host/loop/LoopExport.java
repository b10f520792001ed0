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
    private static final Duration END = Duration.ofSeconds(60);
    static final Duration LEAVE = Duration.ofSeconds(5);

    private final LoopExporter exporter;
    private final DeviceRecord record;
    private final LoopDevice loop;
    private final FuseDisk disk;
    private final BlockSource source;
    private final boolean takenOver;
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
        return exporter.holds(this) && disk.geometry().resends();
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
            loop.detach();
            if (!disk.awaitEnd(END)) {
                throw new IOException("The image of " + loop.path() + " is still in use");
            }
        }
        removed = true;
        exporter.forget(this);
        record.delete();
    }

    @Override
    public void leave() {
        disk.stop(LEAVE);
        exporter.left(this);
    }
}
