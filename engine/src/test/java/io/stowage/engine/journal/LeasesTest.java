package io.stowage.engine.journal;

import static org.assertj.core.api.Assertions.assertThatList;

import io.stowage.database.Database;
import io.stowage.database.MemberRow;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LeasesTest {
    private final List<String> done = Collections.synchronizedList(new ArrayList<>());

    @TempDir
    Path folder;

    private Database database;
    private Leases leases;

    @BeforeEach
    void open() {
        database = Database.open("sqlite:" + folder.resolve("db"));
        Clock clock = Clock.systemUTC();
        MemberRow me = database.write(tx -> tx.members().start(UUID.randomUUID(), "host01", clock.instant()));
        leases = new Leases(database, me, clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void workIsDoneInTheOrderInWhichItTookItsPlaces() throws Exception {
        List<Leases.Turn> turns = List.of(
                leases.queue(List.of("a", "b")),
                leases.queue(List.of("b", "c")),
                leases.queue(List.of("c", "a")),
                leases.queue(List.of("a")));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = turns.size() - 1; i >= 0; i--) {
                int number = i;
                running.add(threads.submit(() -> hold(turns.get(number), "work " + number)));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }
        assertThatList(done).containsExactly("work 0", "work 1", "work 2", "work 3");
    }

    @Test
    void aPlaceThatIsLeftLetsTheNextOneCome() {
        Leases.Turn first = leases.queue(List.of("a"));
        Leases.Turn second = leases.queue(List.of("a", "b"));
        Leases.Turn third = leases.queue(List.of("b"));
        second.close();
        second.close();
        hold(third, "third");
        hold(first, "first");
        hold(leases.queue(List.of("b", "a")), "fourth");
        assertThatList(done).containsExactly("third", "first", "fourth");
    }

    private void hold(Leases.Turn turn, String what) {
        try (turn) {
            leases.hold(turn, UUID.randomUUID(), () -> done.add(what));
        }
    }
}
