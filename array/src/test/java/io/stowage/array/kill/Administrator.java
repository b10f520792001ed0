package io.stowage.array.kill;

import io.stowage.array.flasharray.Rest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes, copies, overwrites, renames, grows, destroys, recovers and eradicates volumes and snapshots of its own, one change
 * at a time, and knows which were answered.
 */
final class Administrator {
    private static final int MOST_THINGS = 8;
    private static final long GROWTH = 1 << 20;

    private final String mark;
    private final List<LiveVolume> live;
    private Map<String, Thing> things = new TreeMap<>();

    /** What the things are too if the change that isn't answered yet was made. */
    private @Nullable Supplier<Map<String, Thing>> unanswered;

    /** Things of which it isn't known yet whether they were overwritten, as they were before. */
    private final Map<String, Thing> doubtful = new TreeMap<>();

    private int last;

    /**
     * @param mark what the names of its things begin with
     * @param live what it copies; more may be added before the first step
     */
    Administrator(String mark, List<LiveVolume> live) {
        this.mark = mark;
        this.live = live;
    }

    /** What stands in the names of its volumes and in the suffixes of its snapshots. */
    String mark() {
        return mark;
    }

    List<Thing> things() {
        return List.copyOf(things.values());
    }

    void step(Rest rest, Random random) {
        if (things.size() < MOST_THINGS && random.nextInt(3) == 0) {
            if (random.nextBoolean()) {
                snapshot(rest, live.get(random.nextInt(live.size())));
            } else {
                copy(rest, random);
            }
        } else {
            alter(rest, random);
        }
    }

    /** A snapshot of a volume that others may write meanwhile. */
    Thing snapshot(Rest rest, LiveVolume source) {
        var suffix = mark + "s" + ++last;
        source.restores().readLock().lock();
        try {
            var before = source.mark();
            Supplier<Thing> made =
                    () -> new Thing(source.name() + "." + suffix, true, LiveVolume.SIZE, false, source.since(before));
            change(
                    () -> with(made.get()),
                    () -> rest.post("volume-snapshots?source_names=" + source.name(), "{'suffix': '" + suffix + "'}"));
            return Objects.requireNonNull(things.get(source.name() + "." + suffix));
        } finally {
            source.restores().readLock().unlock();
        }
    }

    private void copy(Rest rest, Random random) {
        var name = mark + "c" + ++last;
        any(random, thing -> !thing.destroyed())
                .ifPresentOrElse(
                        source -> change(
                                () -> with(new Thing(name, false, source.size(), false, source.content())),
                                () -> rest.post("volumes?names=" + name, source(source.name()))),
                        () -> copyLive(rest, name, live.get(random.nextInt(live.size()))));
    }

    private void copyLive(Rest rest, String name, LiveVolume source) {
        source.restores().readLock().lock();
        try {
            var before = source.mark();
            change(
                    () -> with(new Thing(name, false, LiveVolume.SIZE, false, source.since(before))),
                    () -> rest.post("volumes?names=" + name, source(source.name())));
        } finally {
            source.restores().readLock().unlock();
        }
    }

    private void alter(Rest rest, Random random) {
        any(random, thing -> true).ifPresent(thing -> {
            if (thing.destroyed()) {
                if (random.nextInt(4) == 0) {
                    change(() -> with(thing.withDestroyed(false)), () -> patch(rest, thing, "'destroyed': false"));
                } else {
                    change(() -> without(thing), () -> rest.delete(target(thing)));
                }
            } else if (thing.snapshot() || random.nextInt(3) == 0) {
                change(() -> with(thing.withDestroyed(true)), () -> patch(rest, thing, "'destroyed': true"));
            } else {
                alterVolume(rest, thing, random);
            }
        });
    }

    private void alterVolume(Rest rest, Thing volume, Random random) {
        switch (random.nextInt(3)) {
            case 0 -> {
                var name = mark + "c" + ++last;
                change(
                        () -> {
                            var after = without(volume);
                            after.put(name, volume.withName(name));
                            return after;
                        },
                        () -> patch(rest, volume, "'name': '" + name + "'"));
            }
            case 1 -> {
                var grown = volume.withSize(volume.size() + GROWTH);
                change(() -> with(grown), () -> patch(rest, volume, "'provisioned': " + grown.size()));
            }
            default ->
                any(random, thing -> !thing.destroyed() && !thing.name().equals(volume.name()))
                        .ifPresent(source -> change(
                                () -> with(volume.withContent(source)),
                                () -> rest.post(
                                        "volumes?overwrite=true&names=" + volume.name(), source(source.name()))));
        }
    }

    private Optional<Thing> any(Random random, Predicate<Thing> which) {
        var fitting = new ArrayList<>(things.values().stream().filter(which).toList());
        return fitting.isEmpty() ? Optional.empty() : Optional.of(fitting.get(random.nextInt(fitting.size())));
    }

    private static String source(String name) {
        return "{'source': {'name': '" + name + "'}}";
    }

    private static String target(Thing thing) {
        return (thing.snapshot() ? "volume-snapshots?names=" : "volumes?names=") + thing.name();
    }

    private static void patch(Rest rest, Thing thing, String attribute) {
        rest.patch(target(thing), "{" + attribute + "}");
    }

    private Map<String, Thing> with(Thing thing) {
        var after = new TreeMap<>(things);
        after.put(thing.name(), thing);
        return after;
    }

    private Map<String, Thing> without(Thing thing) {
        var after = new TreeMap<>(things);
        after.remove(thing.name());
        return after;
    }

    private void change(Supplier<Map<String, Thing>> after, Runnable call) {
        unanswered = after;
        call.run();
        things = after.get();
        unanswered = null;
    }

    /** Takes over what the API shows after a kill: all that was answered, with or without the change that wasn't. */
    void found(List<String> shown) {
        var before = things;
        var after = unanswered == null ? things : unanswered.get();
        if (shown(after).equals(shown)) {
            things = after;
        } else if (!shown(things).equals(shown)) {
            throw new AssertionError("%s has %s, not %s".formatted(mark, shown, shown(things)));
        }
        unanswered = null;
        doubtful.clear();
        if (shown(before).equals(shown)) { // an overwrite doesn't show
            things.forEach((name, thing) -> {
                var other = Objects.requireNonNull(before.get(name));
                if (other.content() != thing.content()) {
                    doubtful.put(name, other);
                }
            });
        }
    }

    /** The same thing as it was before a change of which nobody knows whether it was made. */
    Optional<Thing> before(Thing thing) {
        return Optional.ofNullable(doubtful.get(thing.name()));
    }

    /** The change was not made. */
    void takeBack(Thing before) {
        things = with(before);
    }

    private static List<String> shown(Map<String, Thing> things) {
        return things.values().stream().map(Thing::shown).sorted().toList();
    }
}
