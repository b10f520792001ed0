package io.stowage.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatList;
import static org.assertj.core.api.Assertions.assertThatObject;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
    @TestTemplate
    @ExtendWith(OnBothDatabases.class)
    void whatWasWrittenIsThereAfterReopening(OnBothDatabases.Fresh fresh) {
        Database first = fresh.open();
        first.write(tx -> {
            tx.pools().insert(Rows.pool("p"));
            return null;
        });
        assertThatList(fresh.open().read(tx -> tx.pools().list())).hasSize(1);
    }

    @TestTemplate
    @ExtendWith(OnBothDatabases.class)
    void aTransactionThatThrowsLeavesNothing(OnBothDatabases.Fresh fresh) {
        Database database = fresh.open();
        assertThatThrownBy(() -> database.write(tx -> {
                    tx.pools().insert(Rows.pool("p"));
                    throw new IllegalStateException("stop");
                }))
                .hasMessage("stop");
        assertThatList(database.read(tx -> tx.pools().list())).isEmpty();
    }

    @TestTemplate
    @ExtendWith(OnBothDatabases.class)
    @Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void writersAtOnceLoseNothing(OnBothDatabases.Fresh fresh) throws Exception {
        Database database = fresh.open();
        UUID member = UUID.randomUUID();
        int writers = 8;
        int each = 10;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                running.add(threads.submit(() -> {
                    for (int j = 0; j < each; j++) {
                        database.write(tx -> tx.members().start(member, "host01", Rows.NOW));
                    }
                }));
            }
            for (Future<?> writer : running) {
                writer.get();
            }
        }
        assertThatObject(database.read(tx -> tx.members().find(member).orElseThrow())
                        .epoch())
                .isEqualTo((long) writers * each);
    }

    /** On PostgreSQL the second to insert gets a unique violation, which its caller must never see. */
    @TestTemplate
    @ExtendWith(OnBothDatabases.class)
    @Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whoComesSecondToANameFindsItTaken(OnBothDatabases.Fresh fresh) throws Exception {
        Database database = fresh.open();
        CountDownLatch bothLooked = new CountDownLatch(2);
        Callable<Boolean> insert = () -> database.write(tx -> {
            if (tx.pools().find("p").isPresent()) {
                return false;
            }
            bothLooked.countDown();
            try {
                // SQLite has one writer at a time: there the second can't have looked yet
                boolean ignored = bothLooked.await(1, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            tx.pools().insert(Rows.pool("p"));
            return true;
        });
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> first = threads.submit(insert);
            Future<Boolean> second = threads.submit(insert);
            assertThat(first.get()).isNotEqualTo(second.get());
        }
        assertThatList(database.read(tx -> tx.pools().list())).hasSize(1);
    }

    @Test
    void aReaderIsNotHeldUpByAWriter(@TempDir Path folder) {
        try (Database database = Database.open("jdbc:sqlite:" + folder.resolve("db"))) {
            database.write(tx -> {
                tx.pools().insert(Rows.pool("p"));
                assertThatList(database.read(reader -> reader.pools().list())).isEmpty();
                return null;
            });
            assertThatList(database.read(tx -> tx.pools().list())).hasSize(1);
        }
    }

    @Test
    void aWrongUrlIsOneSentenceWithoutThePassword(@TempDir Path folder) {
        assertThatThrownBy(() -> Database.open("mysql://root:secret@host/db"))
                .isInstanceOf(DatabaseException.class)
                .hasMessage("The database URL must begin with sqlite: or postgresql:, not with \"mysql:\"");
        assertThatThrownBy(() -> Database.open("postgresql://user:secret@host:1:2/db"))
                .isInstanceOf(DatabaseException.class)
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> Database.open("sqlite:" + folder.resolve("absent/db")))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("absent/db can't be opened");
    }
}
