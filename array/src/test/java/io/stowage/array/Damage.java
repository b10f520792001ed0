package io.stowage.array;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Spoils state folders. */
final class Damage {
    private static final int PAGE = 4096;

    /** "STWP": how a page of a tree begins. */
    private static final int TREE = 0x53545750;

    private Damage() {}

    /** Spoils a byte in each page of a tree, of which there has to be one. */
    static void trees(Path state) throws IOException {
        var metadata = state.resolve("store/metadata");
        try (var file = FileChannel.open(metadata, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            var page = ByteBuffer.allocate(PAGE);
            var damaged = 0;
            for (long at = 4 * PAGE; at + PAGE <= file.size(); at += PAGE) {
                file.read(page.clear(), at);
                if (page.getInt(0) == TREE) {
                    file.write(ByteBuffer.wrap(new byte[] {13}), at + 4000);
                    damaged++;
                }
            }
            assertThat(damaged).isPositive();
        }
    }
}
