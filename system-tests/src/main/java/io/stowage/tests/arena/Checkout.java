package io.stowage.tests.arena;

import java.nio.file.Files;
import java.nio.file.Path;

/** The folder that holds {@code bin/}: where the programs under test are started. */
public final class Checkout {
    private Checkout() {}

    public static Path program(String name) {
        return root().resolve("bin").resolve(name);
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isExecutable(folder.resolve("bin/stowaged"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException(
                        "no bin/stowaged above " + Path.of("").toAbsolutePath());
            }
        }
        return folder;
    }
}
