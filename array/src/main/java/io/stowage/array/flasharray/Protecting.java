package io.stowage.array.flasharray;

import io.stowage.array.core.Protection;
import io.stowage.array.core.Protection.Window;
import io.stowage.array.core.Retention;
import io.stowage.array.core.Schedule;
import io.stowage.web.json.Json;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Schedules, retention and lock of a protection group, in the form in which they are sent. */
final class Protecting {
    static final String LOCKED = "ratcheted";
    static final String UNLOCKED = "unlocked";

    static final String SNAPSHOTS = "snapshot_schedule";
    static final String REPLICATION = "replication_schedule";
    static final String RETENTION = "source_retention";
    static final String REMOTE_RETENTION = "target_retention";
    static final String LOCK = "retention_lock";

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration SHORTEST = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofDays(400);
    private static final long HOUR = Duration.ofHours(1).toMillis();

    private static final Retention USUAL = new Retention(DAY, 7, 4);

    /** What a new group is given. */
    static final Protection NEW = new Protection(
            new Schedule(false, Duration.ofHours(1), Optional.empty()),
            USUAL,
            new Schedule(false, Duration.ofHours(4), Optional.empty()),
            Optional.empty(),
            USUAL,
            false,
            false);

    private Protecting() {}

    static ObjectNode describe(Schedule schedule) {
        return Json.object()
                .put("enabled", schedule.enabled())
                .put("frequency", schedule.frequency().toMillis())
                .put("at", schedule.at().map(Duration::toSeconds).orElse(null));
    }

    static ObjectNode describeReplication(Protection protection) {
        var item = describe(protection.replication());
        var window = Json.object()
                .put(
                        "start",
                        protection.blackout().map(one -> one.start().toMillis()).orElse(null))
                .put(
                        "end",
                        protection.blackout().map(one -> one.end().toMillis()).orElse(null));
        item.set("blackout", window);
        return item;
    }

    static ObjectNode describe(Retention retention) {
        return Json.object()
                .put("all_for_sec", retention.all().toSeconds())
                .put("days", retention.days())
                .put("per_day", retention.perDay());
    }

    /**
     * What the body makes of it.
     *
     * @param name of the group, for refusals
     */
    static Protection updated(Protection before, Body body, String name) {
        var after = before;
        var snapshots = body.object(SNAPSHOTS);
        if (snapshots.isPresent()) {
            after = after.withSnapshots(schedule(before.snapshots(), snapshots.get(), name));
        }
        var retention = body.object(RETENTION);
        if (retention.isPresent()) {
            after = after.withRetention(retention(before.retention(), retention.get(), name));
        }
        var replication = body.object(REPLICATION);
        if (replication.isPresent()) {
            after = after.withReplication(
                    schedule(before.replication(), replication.get(), name),
                    blackout(before.blackout(), replication.get(), name));
        }
        var remote = body.object(REMOTE_RETENTION);
        if (remote.isPresent()) {
            after = after.withRemoteRetention(retention(before.remoteRetention(), remote.get(), name));
        }
        var lock = body.text(LOCK);
        if (lock.isPresent()) {
            after = after.withLock(isLocked(before, lock.get(), name));
        }
        requireNotWeaker(before, after, name);
        return after;
    }

    private static Schedule schedule(Schedule before, Body body, String name) {
        var frequency = body.number("frequency").map(Duration::ofMillis).orElse(before.frequency());
        if (frequency.compareTo(SHORTEST) < 0 || frequency.compareTo(LONGEST) > 0) {
            throw Refusal.of(name, ProtectionWording.FREQUENCY);
        }
        var wholeDays = frequency.toMillis() % DAY.toMillis() == 0;
        var given = body.has("at") ? body.number("at").map(Duration::ofSeconds) : before.at();
        if (given.filter(at -> at.isNegative() || at.compareTo(DAY) >= 0).isPresent()
                || body.number("at").isPresent() && !wholeDays) {
            throw Refusal.of(name, ProtectionWording.AT);
        }
        return new Schedule(body.flag("enabled").orElse(before.enabled()), frequency, given.filter(_ -> wholeDays));
    }

    /** An empty text clears it. */
    private static Optional<Window> blackout(Optional<Window> before, Body body, String name) {
        if (!body.has("blackout")) {
            return before;
        }
        if (body.isEmptyText("blackout")) {
            return Optional.empty();
        }
        var window = body.object("blackout");
        return window.map(one -> new Window(hour(one, "start", name), hour(one, "end", name)));
    }

    private static Duration hour(Body window, String key, String name) {
        var millis = window.number(key).orElse(-1L);
        if (millis < 0 || millis >= DAY.toMillis() || millis % HOUR != 0) {
            throw Refusal.of(name, ProtectionWording.BLACKOUT);
        }
        return Duration.ofMillis(millis);
    }

    private static Retention retention(Retention before, Body body, String name) {
        var all = body.number("all_for_sec").orElse(before.all().toSeconds());
        var days = body.number("days").orElse((long) before.days());
        var perDay = body.number("per_day").orElse((long) before.perDay());
        if (all < 60 || all > 34_560_000 || days < 0 || days > 4000 || perDay < 0 || perDay > 1440) {
            throw Refusal.of(name, ProtectionWording.RETENTION);
        }
        return new Retention(Duration.ofSeconds(all), days.intValue(), perDay.intValue());
    }

    private static boolean isLocked(Protection before, String lock, String name) {
        return switch (lock) {
            case LOCKED -> true;
            case UNLOCKED -> {
                if (before.isLocked()) {
                    throw Refusal.of(name, ProtectionWording.LOCKED_UNLOCK);
                }
                yield false;
            }
            default -> throw Refusal.of(Wording.invalidAttribute(LOCK));
        };
    }

    /** A ratchet turns one way only. */
    private static void requireNotWeaker(Protection before, Protection after, String name) {
        var weaker = isWeaker(before.snapshots(), after.snapshots())
                || isWeaker(before.replication(), after.replication())
                || !after.retention().keepsAsLongAs(before.retention())
                || !after.remoteRetention().keepsAsLongAs(before.remoteRetention());
        if (before.isLocked() && weaker) {
            throw Refusal.of(name, ProtectionWording.LOCKED_WEAKER);
        }
    }

    private static boolean isWeaker(Schedule before, Schedule after) {
        return before.enabled() && (!after.enabled() || after.frequency().compareTo(before.frequency()) > 0);
    }
}
