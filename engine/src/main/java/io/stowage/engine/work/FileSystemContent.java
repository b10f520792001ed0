package io.stowage.engine.work;

import io.stowage.host.archive.TarEntry;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

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
        return into(folder -> site.files().unpack(first, arriving.archive(), member, folder));
    }

    /** Everything in a tar archive of any making. @param archive not compressed */
    void receive(InputStream archive) {
        into(folder -> {
            site.files().unpack(archive, folder);
            return Optional.empty();
        });
    }

    private Optional<TarEntry> into(Function<Path, Optional<TarEntry>> fill) {
        Path folder = site.layout().scratch(volume.row().id());
        Received received = new Received();
        volume.withDevice(device -> {
            site.files().make(device, volume.fileSystem());
            site.files().mount(device, volume.fileSystem(), folder, "");
            try {
                received.next = fill.apply(folder);
            } finally {
                Scratch.leave(site, volume.row().id());
            }
        });
        return received.next;
    }

    private static final class Received {
        Optional<TarEntry> next = Optional.empty();
    }
}
