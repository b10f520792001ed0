package io.stowage.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatList;
import static org.assertj.core.api.Assertions.assertThatObject;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OnBothDatabases.class)
class JournalTest {
    private static final UUID HOST = UUID.randomUUID();
    private static final Instant LATER = Rows.NOW.plusSeconds(60);

    private static MemberRow start(Database database) {
        return database.write(tx -> tx.members().start(HOST, "host01", Rows.NOW));
    }

    @TestTemplate
    void eachStartOfAMemberIsANewEpoch(OnBothDatabases.Fresh fresh) {
        Database database = fresh.open();
        assertThat(start(database).epoch()).isEqualTo(1);
        assertThat(start(database).epoch()).isEqualTo(2);
        assertThatList(database.read(tx -> tx.members().list())).hasSize(1);
    }

    @TestTemplate
    void whoLostTheClaimCannotWrite(OnBothDatabases.Fresh fresh) {
        Database database = fresh.open();
        MemberRow first = start(database);
        OperationRow operation = Rows.operation(first);
        database.write(tx -> {
            tx.operations().insert(operation);
            return null;
        });
        assertThat(advance(database, operation.id(), first.epoch(), 1)).isTrue();

        MemberRow second = start(database);
        assertThatList(database.read(tx -> tx.operations().unsettled(HOST))).hasSize(1);
        assertThat((boolean) database.write(tx -> tx.operations().claim(operation.id(), HOST, second.epoch(), LATER)))
                .isTrue();

        assertThat(advance(database, operation.id(), first.epoch(), 2)).isFalse();
        assertThat(advance(database, operation.id(), second.epoch(), 2)).isTrue();
        assertThat(database.read(tx -> tx.operations().find(operation.id()).orElseThrow())
                        .step())
                .isEqualTo(2);
    }

    private static boolean advance(Database database, UUID id, long epoch, int step) {
        return database.write(tx -> tx.operations().advance(id, epoch, "RUNNING", step, "", Rows.NOW));
    }

    @TestTemplate
    void whatIsSettledStaysSoAndIsPrunedWithItsValues(OnBothDatabases.Fresh fresh) {
        Database database = fresh.open();
        MemberRow member = start(database);
        OperationRow operation = Rows.operation(member);
        database.write(tx -> {
            tx.operations().insert(operation);
            tx.operationInput().replace(operation.id(), java.util.Map.of("name", "v"));
            return tx.operations().fail(operation.id(), member.epoch(), "FAILED", "FULL", "no space", LATER);
        });
        assertThat(advance(database, operation.id(), member.epoch(), 2)).isFalse();
        assertThatList(database.read(tx -> tx.operations().unsettled(HOST))).isEmpty();

        assertThat((int) database.write(tx -> tx.operations().prune(LATER))).isZero();
        assertThat((int) database.write(tx -> tx.operations().prune(LATER.plusNanos(1))))
                .isEqualTo(1);
        assertThatObject(database.read(tx -> tx.operationInput().all())).isEqualTo(Map.of());
    }

    @TestTemplate
    void aLockIsALease(OnBothDatabases.Fresh fresh) {
        Database database = fresh.open();
        MemberRow here = start(database);
        UUID elsewhere = UUID.randomUUID();
        database.write(tx -> tx.members().start(elsewhere, "host02", Rows.NOW));
        UUID mine = UUID.randomUUID();
        UUID theirs = UUID.randomUUID();

        assertThat(take(database, HOST, here.epoch(), mine, Rows.NOW, LATER)).isTrue();
        assertThat(take(database, HOST, here.epoch(), mine, Rows.NOW, LATER)).isTrue();
        assertThat(take(database, elsewhere, 1, theirs, Rows.NOW, LATER)).isFalse();
        assertThat(take(database, HOST, here.epoch(), theirs, Rows.NOW, LATER)).isFalse();

        assertThat(take(database, elsewhere, 1, theirs, LATER, LATER.plusSeconds(60)))
                .as("expired")
                .isTrue();
        assertThat((boolean) database.read(tx -> tx.locks().holds("volume", HOST, here.epoch(), mine)))
                .isFalse();
        database.write(tx -> {
            tx.locks().release(theirs);
            return null;
        });
        assertThat(take(database, HOST, here.epoch(), mine, Rows.NOW, LATER)).isTrue();
    }

    @TestTemplate
    void aNewStartOfTheMemberEndsItsLeases(OnBothDatabases.Fresh fresh) {
        Database database = fresh.open();
        MemberRow first = start(database);
        assertThat(take(database, HOST, first.epoch(), UUID.randomUUID(), Rows.NOW, LATER))
                .isTrue();
        MemberRow second = start(database);
        assertThat(take(database, HOST, second.epoch(), UUID.randomUUID(), Rows.NOW, LATER))
                .isTrue();
    }

    private static boolean take(
            Database database, UUID member, long epoch, UUID operation, Instant now, Instant until) {
        return database.write(tx -> tx.locks().take("volume", member, epoch, operation, now, until));
    }
}
