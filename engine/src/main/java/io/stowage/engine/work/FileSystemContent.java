package io.stowage.engine.work;

import io.stowage.host.archive.TarEntry;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/** Files that arrive for a volume: into a file system made for them, so that nothing of what was there before is left. */
final class FileSystemContent {
    private final Site site;
    private final VolumeAtHand volume;

    FileSystemContent(Site site, VolumeAtHand volume) {
        this.site = site;
        this.volume = volume;
    }

    /** @return the first member after those below this one */
    Optional<TarEntry> receive(ArrivingBackup arriving, TarEntry first, String member) {
        UUID place = UUID.randomUUID();
        Path folder = site.layout().scratch(place);
        Received received = new Received();
        volume.withDevice(device -> {
            site.files().make(device, volume.fileSystem());
            site.files().mount(device, volume.fileSystem(), folder, "");
            try {
                received.next = site.files().unpack(first, arriving.archive(), member, folder);
            } finally {
                site.files().unmount(folder);
                site.layout().removeScratch(place);
            }
        });
        return received.next;
    }

    private static final class Received {
        Optional<TarEntry> next = Optional.empty();
    }
}
