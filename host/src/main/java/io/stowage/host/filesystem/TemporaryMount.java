package io.stowage.host.filesystem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A mount for as long as something is done with it, in a private folder. */
final class TemporaryMount {
    /** What is done while it is mounted. */
    interface Work {
        void with(Path folder) throws IOException;
    }

    private TemporaryMount() {}

    static void run(Path device, FileSystem type, String options, Work work) throws IOException {
        Path folder = Files.createTempDirectory("stowage-mount-");
        try {
            Mount.make(device, type, folder, options);
            try {
                work.with(folder);
            } finally {
                Mount.remove(folder);
            }
        } finally {
            Files.deleteIfExists(folder);
        }
    }
}
