package io.stowage.engine.work;

import io.stowage.engine.journal.Steps;
import io.stowage.model.ByteSize;

/**
 * Makes a volume larger or smaller on the array, with the file system on it. Whoever wants that notes the size when all is
 * done: if the file system can't follow, whoever asks again for this size finds that it is not there yet.
 */
final class Resizing {
    private final Site site;
    private final VolumeAtHand volume;

    Resizing(Site site, VolumeAtHand volume) {
        this.site = site;
        this.volume = volume;
    }

    void grow(ByteSize size, Steps steps) {
        steps.once("grow the volume on the array", () -> volume.array().resizeVolume(volume.onArray(), size, false));
        steps.once("grow the device and its file system", () -> fillDevice(size));
    }

    /** Lets device and file system be as large as the volume, which has this size. */
    void fillDevice(ByteSize size) {
        boolean connected = site.links().device(volume.onArray()).isPresent();
        if (!connected && !volume.hasFiles()) {
            return;
        }
        volume.withDevice(device -> {
            site.links().grow(volume.onArray(), size.bytes());
            if (volume.hasFiles()) {
                site.files().grow(device, volume.fileSystem(), volume.mountPoint());
            }
        });
    }

    /** After a shrinking that failed: volume and file system become as large as they were. */
    void growBack() {
        ByteSize was = new ByteSize(volume.row().size());
        boolean smaller = volume.array()
                .findVolume(volume.onArray())
                .filter(found -> found.size().compareTo(was) < 0)
                .isPresent();
        if (smaller) {
            volume.array().resizeVolume(volume.onArray(), was, false);
        }
        fillDevice(was);
    }

    /** The file system first, then the volume under it: never the other way round. */
    void shrink(ByteSize size, Steps steps) {
        steps.once(
                "shrink the file system",
                () -> volume.withDevice(device -> site.files().shrink(device, volume.fileSystem(), size.bytes())));
        steps.once("shrink the volume on the array", () -> volume.array().resizeVolume(volume.onArray(), size, true));
    }
}
