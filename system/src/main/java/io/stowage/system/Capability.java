package io.stowage.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Rights of a process beyond being root: capabilities(7), numbers from linux/capability.h. */
public enum Capability {
    SYS_ADMIN(21),
    SYS_RESOURCE(24);

    private final int bit;

    Capability(int bit) {
        this.bit = bit;
    }

    /** Whether this process has it in effect. */
    public boolean held() {
        try {
            return Files.readString(Path.of("/proc/self/status"))
                    .lines()
                    .filter(line -> line.startsWith("CapEff:"))
                    .map(line -> Long.parseUnsignedLong(
                            line.substring("CapEff:".length()).strip(), 16))
                    .anyMatch(mask -> (mask >>> bit & 1) == 1);
        } catch (IOException e) {
            return false;
        }
    }
}
