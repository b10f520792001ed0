package io.stowage.tests.arena;

import java.nio.file.Files;
import java.nio.file.Path;

/** The folder that holds {@code bin/}: where the programs under test are started, and what they are tested with. */
public final class Checkout {
    private Checkout() {}

    public static Path program(String name) {
        return root().resolve("bin").resolve(name);
    }

    /** A script that helps with building or testing. */
    public static Path script(String name) {
        return root().resolve("scripts").resolve(name);
    }

    /** The program that runs a command in a virtual machine with a stock kernel. */
    public static Path vmRun() {
        return root().resolve("vm-rig").resolve("vm-run");
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
