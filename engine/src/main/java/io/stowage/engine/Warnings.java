package io.stowage.engine;

import io.stowage.database.Database;
import io.stowage.database.MemberRow;
import io.stowage.database.Transaction;
import io.stowage.database.WarningRow;
import io.stowage.engine.Warning.Status;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;

/** What the server warns of. The same trouble with the same thing is one warning, however often it comes. */
public final class Warnings {
    /** The array of a pool can't be reached. */
    public static final String POOL_UNAVAILABLE = "Storage pool unavailable";

    /** How long what was resolved can still be seen, as with LXD. */
    private static final Duration KEPT = Duration.ofDays(1);

    private static final int LONGEST_MESSAGE = 1024; // characters

    private final Database database;
    private final MemberRow me;
    private final Clock clock;

    public Warnings(Database database, MemberRow me, Clock clock) {
        this.database = database;
        this.me = me;
        this.clock = clock;
    }

    /** Every warning, oldest first, the resolved ones too. */
    public List<Warning> list() {
        return database.read(
                tx -> tx.warnings().list().stream().map(row -> show(tx, row)).toList());
    }

    /** @throws Refused NOT_FOUND */
    public Warning get(UUID id) {
        return database.read(tx -> show(tx, row(tx, id)));
    }

    private static WarningRow row(Transaction tx, UUID id) {
        return tx.warnings().find(id).orElseThrow(() -> Refused.notFound("Warning not found"));
    }

    private static Warning show(Transaction tx, WarningRow row) {
        return new Warning(
                row.id(),
                row.type(),
                Status.valueOf(row.status().toUpperCase(Locale.ROOT)),
                row.entity(),
                row.message(),
                row.count(),
                row.firstSeenAt(),
                row.lastSeenAt(),
                tx.members().find(row.member()).map(MemberRow::name).orElse(""));
    }

    /**
     * Somebody has seen it, or takes that back.
     *
     * @param check may refuse it by throwing, for what the warning is when nothing can come in between
     * @throws Refused NOT_FOUND; BAD_INPUT for what only the server can say
     */
    public void mark(UUID id, Status status, Consumer<Warning> check) {
        if (status == Status.RESOLVED) {
            throw Refused.badInput("Invalid warning status \"resolved\" (not one of [new acknowledged])");
        }
        database.write(tx -> {
            WarningRow row = row(tx, id);
            check.accept(show(tx, row));
            tx.warnings().update(changed(row, status, row.message(), row.count(), row.lastSeenAt()));
            return row;
        });
    }

    /** @throws Refused NOT_FOUND */
    public void delete(UUID id) {
        database.write(tx -> tx.warnings().delete(row(tx, id).id()));
    }

    /** Something is wrong, once more or for the first time. */
    void raise(String type, String entity, String message) {
        Instant now = clock.instant();
        String text = message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) + "…" : message;
        database.write(tx -> {
            WarningRow fresh =
                    new WarningRow(UUID.randomUUID(), me.id(), type, entity, key(Status.NEW), text, 1, now, now, now);
            tx.warnings()
                    .find(me.id(), type, entity)
                    .ifPresentOrElse(
                            known -> tx.warnings().update(again(known, text, now)),
                            () -> tx.warnings().insert(fresh));
            return fresh;
        });
    }

    /** An acknowledged warning stays so; a resolved one begins anew. */
    private WarningRow again(WarningRow known, String message, Instant now) {
        Status status = known.status().equals(key(Status.ACKNOWLEDGED)) ? Status.ACKNOWLEDGED : Status.NEW;
        return changed(known, status, message, known.count() + 1, now);
    }

    /** It is well again. */
    void resolve(String type, String entity) {
        database.write(tx -> {
            tx.warnings()
                    .find(me.id(), type, entity)
                    .filter(row -> !row.status().equals(key(Status.RESOLVED)))
                    .ifPresent(row -> tx.warnings()
                            .update(changed(row, Status.RESOLVED, row.message(), row.count(), row.lastSeenAt())));
            return type;
        });
    }

    /** The entities for which this server warns of something now. */
    List<String> present(String type) {
        return database.read(tx -> tx.warnings().list().stream()
                .filter(row -> row.member().equals(me.id()) && row.type().equals(type))
                .filter(row -> !row.status().equals(key(Status.RESOLVED)))
                .map(WarningRow::entity)
                .toList());
    }

    void prune() {
        Instant before = clock.instant().minus(KEPT);
        database.write(tx -> {
            tx.warnings().prune(before);
            return before;
        });
    }

    private WarningRow changed(WarningRow row, Status status, String message, long count, Instant lastSeenAt) {
        return new WarningRow(
                row.id(),
                row.member(),
                row.type(),
                row.entity(),
                key(status),
                message,
                count,
                row.firstSeenAt(),
                lastSeenAt,
                clock.instant());
    }

    private static String key(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }
}
