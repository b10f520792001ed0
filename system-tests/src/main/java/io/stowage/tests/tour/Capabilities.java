package io.stowage.tests.tour;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process may do (capabilities(7)). */
final class Capabilities {
    private static final int SYS_RESOURCE = 24;

    private Capabilities() {}

    static boolean haveSysResource() {
        try {
            String effective = Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("CapEff:"))
                    .findFirst()
                    .orElseThrow()
                    .substring("CapEff:".length())
                    .strip();
            return (Long.parseUnsignedLong(effective, 16) >> SYS_RESOURCE & 1) == 1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
