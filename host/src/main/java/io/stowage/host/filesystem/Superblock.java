package io.stowage.host.filesystem;

import io.stowage.system.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** What blkid(8) finds on a device, read from the device itself and never from blkid's cache. */
record Superblock(Path device) {
    /** blkid's status when it finds nothing; its manual page, "RETURN CODE". */
    private static final int NOTHING_FOUND = 2;

    Optional<String> tag(String name) throws IOException {
        Command probe = Command.of("blkid", "--probe", "--match-tag", name, "--output", "value", device.toString());
        Command.Result result = probe.run();
        if (result.status() == NOTHING_FOUND) {
            return Optional.empty();
        }
        if (!result.succeeded()) {
            throw probe.failure(result);
        }
        String value = result.output().strip();
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }
}
