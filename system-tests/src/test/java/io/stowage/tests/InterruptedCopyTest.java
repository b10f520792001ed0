package io.stowage.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.client.Json;
import io.stowage.tests.arena.Arena;
import io.stowage.tests.arena.ArrayApi;
import io.stowage.tests.arena.Combination;
import io.stowage.tests.content.Blocks;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The server is killed, and a client changes its mind, while blocks are on their way from one array to another. */
@Timeout(value = 6, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InterruptedCopyTest {
    private static final String VOLUMES = "/1.0/storage-pools/there/volumes/custom";
    private static final int PLACES = 64;

    @Test
    void aCopyGoesOnAfterAKillAndARefreshThatIsCancelledWasNever() throws InterruptedException {
        try (Arena arena = Arena.open()) {
            arena.createPool(Combination.PURE_ISCSI, "here");
            // 64 places of 60 KiB take 15 s: time enough to be seen under way.
            arena.createPool(Combination.ALLETRA_ISCSI, "there", "rsync.bwlimit=256KiB");
            arena.server()
                    .stowage("volume", "create", "here", "v", "--type=block", "size=256MiB")
                    .orFail();
            Path source = attach(arena, "here", "v");
            Blocks first = Blocks.write(source, 1, PLACES);

            String copy = begin(arena, false);
            awaitProgress(arena, copy);
            arena.server().kill();
            arena.server().restart();
            assertThat(awaitEnd(arena, copy)).isEqualTo("Success");
            first.verify(attach(arena, "there", "w"));
            arena.server().stowage("volume", "detach", "there", "w").orFail();
            List<String> before = contents(arena);

            Blocks second = Blocks.write(source, 2, PLACES);
            String refresh = begin(arena, true);
            awaitProgress(arena, refresh);
            arena.server().lxc("operation", "delete", refresh).orFail();
            assertThat(awaitEnd(arena, refresh)).isEqualTo("Cancelled");
            first.verify(attach(arena, "there", "w"));
            second.verify(source);
            arena.server().stowage("volume", "detach", "there", "w").orFail();
            assertThat(contents(arena)).isEqualTo(before);
            arena.server().stowage("volume", "detach", "here", "v").orFail();
        }
    }

    private static Path attach(Arena arena, String pool, String volume) {
        return Path.of(arena.server()
                .stowage("volume", "attach", pool, volume)
                .orFail()
                .out()
                .strip());
    }

    /** Asks for a copy, or for a refresh, and doesn't wait for it. */
    private static String begin(Arena arena, boolean refresh) {
        Json body = Json.of(Map.of(
                "name",
                "w",
                "content_type",
                "block",
                "source",
                Map.of("type", "copy", "pool", "here", "name", "v", "refresh", refresh)));
        String operation = arena.server()
                .lxc("query", "-X", "POST", "-d", body.compact(), VOLUMES)
                .orFail()
                .out();
        return Json.parse(operation).get("id").text();
    }

    private static Json operation(Arena arena, String id) {
        return arena.server().client().get("/1.0/operations/" + id);
    }

    private static void awaitProgress(Arena arena, String id) throws InterruptedException {
        while (!operation(arena, id)
                .get("metadata")
                .get("block_progress")
                .text()
                .startsWith("content: ")) {
            assertThat(operation(arena, id).get("status").text()).isEqualTo("Running");
            Thread.sleep(50);
        }
    }

    private static String awaitEnd(Arena arena, String id) throws InterruptedException {
        while (operation(arena, id).get("status_code").number(0) < 200) {
            Thread.sleep(50);
        }
        return operation(arena, id).get("status").text();
    }

    private static List<String> contents(Arena arena) {
        try (ArrayApi pure = arena.array().administrator(Combination.PURE_ISCSI.vendor());
                ArrayApi alletra = arena.array().administrator(Combination.ALLETRA_ISCSI.vendor())) {
            List<String> all = new java.util.ArrayList<>(pure.contents("here"));
            all.addAll(alletra.contents("there"));
            all.sort(null);
            return all;
        }
    }
}
