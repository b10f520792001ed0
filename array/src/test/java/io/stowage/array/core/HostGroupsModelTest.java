package io.stowage.array.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.array.store.DiskStore;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random hosts, host groups and connections, against a model that only knows names: what each initiator sees, and who is
 * told of a change, is what the model says.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class HostGroupsModelTest {
    private static final InstantSource TIME = InstantSource.fixed(Instant.parse("2026-11-21T12:00:00Z"));
    private static final int HOSTS = 5;
    private static final int GROUPS = 3;
    private static final int VOLUMES = 6;
    private static final int LUNS = 8;
    private static final int ROUNDS = Boolean.getBoolean("stowage.soak") ? 20_000 : 600;

    @TempDir
    @Nullable
    Path folder;

    /** Hosts with their groups and initiators, and LUNs by who and volume. */
    private record Model(
            Map<String, Set<String>> groupsOf,
            Map<String, Set<String>> initiators,
            Set<String> groups,
            Map<String, Map<String, Integer>> privately,
            Map<String, Map<String, Integer>> shared) {
        Model() {
            this(new TreeMap<>(), new TreeMap<>(), new HashSet<>(), new TreeMap<>(), new TreeMap<>());
        }

        Model copy() {
            return new Model(
                    deep(groupsOf, HashSet::new),
                    deep(initiators, HashSet::new),
                    new HashSet<>(groups),
                    deep(privately, TreeMap::new),
                    deep(shared, TreeMap::new));
        }

        private static <T> Map<String, T> deep(Map<String, T> map, UnaryOperator<T> copy) {
            var all = new TreeMap<String, T>();
            map.forEach((key, value) -> all.put(key, copy.apply(value)));
            return all;
        }

        Set<String> groupsOf(String host) {
            return groupsOf.computeIfAbsent(host, _ -> new HashSet<>());
        }

        Map<String, Integer> privatelyOf(String host) {
            return privately.computeIfAbsent(host, _ -> new TreeMap<>());
        }

        Map<String, Integer> sharedOf(String group) {
            return shared.computeIfAbsent(group, _ -> new TreeMap<>());
        }

        Set<Integer> luns(String host) {
            var luns = new HashSet<>(privatelyOf(host).values());
            groupsOf.getOrDefault(host, Set.of())
                    .forEach(group -> luns.addAll(sharedOf(group).values()));
            return luns;
        }

        Set<Integer> lunsOfGroup(String group) {
            var luns = new HashSet<>(sharedOf(group).values());
            groupsOf.forEach((host, its) -> {
                if (its.contains(group)) {
                    luns.addAll(luns(host));
                }
            });
            return luns;
        }

        /** By initiator, what it sees at which LUN. */
        Map<String, Map<Integer, String>> visible() {
            var visible = new TreeMap<String, Map<Integer, String>>();
            initiators.forEach((host, names) -> {
                var units = new TreeMap<Integer, String>();
                privatelyOf(host).forEach((volume, lun) -> units.put(lun, volume));
                groupsOf.getOrDefault(host, Set.of())
                        .forEach(group -> sharedOf(group).forEach((volume, lun) -> units.put(lun, volume)));
                names.forEach(name -> visible.put(name, units));
            });
            visible.values().removeIf(Map::isEmpty);
            return visible;
        }
    }

    private final Random random = new Random(20261121);
    private final Map<String, Volume> volumes = new HashMap<>();
    private final Set<String> told = new HashSet<>();
    private int refused;

    @Test
    void initiatorsSeeWhatTheModelSays() {
        try (var store = DiskStore.open(java.util.Objects.requireNonNull(folder).resolve("store"), 1 << 30)) {
            var estate = Estate.open("test", store, TIME);
            estate.units().watch(watcher());
            estate.change(this::makeVolumes);
            var model = new Model();
            for (int round = 0; round < ROUNDS; round++) {
                var next = model.copy();
                var keep = random.nextInt(5) > 0;
                told.clear();
                if (keep) {
                    estate.change(draft -> steps(draft, next));
                } else {
                    assertThatThrownBy(() -> estate.change(draft -> {
                                steps(draft, next);
                                throw new ArithmeticException("on purpose");
                            }))
                            .hasMessage("on purpose");
                }
                var after = keep ? next : model;
                assertThat(seen(estate)).as("round %s", round).isEqualTo(after.visible());
                assertThat(told).as("told in round %s", round).isEqualTo(changed(model.visible(), after.visible()));
                model = after;
                if (round % 50 == 0) {
                    assertThat(seen(Estate.open("test", store, TIME))).isEqualTo(model.visible());
                }
            }
            assertThat(model.visible()).hasSizeGreaterThan(3);
            assertThat(refused).isGreaterThan(10);
        }
    }

    private boolean makeVolumes(Draft draft) {
        for (int i = 0; i < VOLUMES; i++) {
            var serial = "%024X".formatted(i);
            var identity = new UnitIdentity("PURE", "FlashArray", "1", serial, "624a9370" + serial.toLowerCase());
            volumes.put("v" + i, draft.createVolume(Optional.empty(), "v" + i, 1 << 20, identity));
        }
        return true;
    }

    private static Set<String> changed(
            Map<String, Map<Integer, String>> before, Map<String, Map<Integer, String>> after) {
        var names = new HashSet<>(before.keySet());
        names.addAll(after.keySet());
        names.removeIf(name -> before.getOrDefault(name, Map.of()).equals(after.getOrDefault(name, Map.of())));
        return names;
    }

    private Map<String, Map<Integer, String>> seen(Estate estate) {
        var seen = new TreeMap<String, Map<Integer, String>>();
        for (int host = 0; host < HOSTS; host++) {
            for (int number = 0; number < 2; number++) {
                var initiator = initiator("h" + host, number);
                var units = new TreeMap<Integer, String>();
                estate.units()
                        .visibleTo(initiator)
                        .forEach((lun, unit) -> units.put(
                                lun, "v" + Long.parseLong(unit.identity().serial(), 16)));
                if (!units.isEmpty()) {
                    seen.put(initiator, units);
                }
            }
        }
        return seen;
    }

    private static String initiator(String host, int number) {
        return "iqn." + host + "-" + number;
    }

    private LogicalUnits.Watcher watcher() {
        return new LogicalUnits.Watcher() {
            @Override
            public void unitsChanged(String initiator) {
                assertThat(told.add(initiator)).as("told twice: %s", initiator).isTrue();
            }

            @Override
            public void sizeChanged(String initiator, int lun) {
                throw new AssertionError("no size changes here");
            }

            @Override
            public void reservationChanged(LogicalUnit unit, Registrant registrant, Reservations.Event event) {
                throw new AssertionError("no reservations here");
            }
        };
    }

    private boolean steps(Draft draft, Model model) {
        for (int step = random.nextInt(3); step >= 0; step--) {
            step(draft, model);
        }
        return true;
    }

    private void step(Draft draft, Model model) {
        var host = "h" + random.nextInt(HOSTS);
        var group = "g" + random.nextInt(GROUPS);
        var there = model.groupsOf().containsKey(host);
        switch (random.nextInt(10)) {
            case 0 -> {
                if (!there) {
                    addHost(draft, model, host);
                } else {
                    removeHost(draft, model, host);
                }
            }
            case 1 -> {
                if (model.groups().add(group)) {
                    draft.put(new HostGroup(UUID.randomUUID(), group, Map.of()));
                } else {
                    removeGroup(draft, model, group);
                }
            }
            case 2 -> {
                if (there) {
                    changeInitiators(draft, model, host);
                }
            }
            case 3, 4 -> {
                if (there && model.groups().contains(group)) {
                    join(draft, model, host, group);
                }
            }
            case 5 -> {
                if (there && model.groups().contains(group)) {
                    draft.leave(host(draft, host), group(draft, group));
                    model.groupsOf(host).remove(group);
                }
            }
            case 6, 7 -> {
                if (there) {
                    connect(draft, model, host);
                }
            }
            default -> {
                if (model.groups().contains(group)) {
                    connectGroup(draft, model, group);
                }
            }
        }
    }

    private Volume volume(String name) {
        return java.util.Objects.requireNonNull(volumes.get(name));
    }

    private static Host host(Draft draft, String name) {
        return draft.objects().host(name).orElseThrow();
    }

    private static HostGroup group(Draft draft, String name) {
        return draft.objects().hostGroup(name).orElseThrow();
    }

    private static void addHost(Draft draft, Model model, String host) {
        draft.put(new Host(UUID.randomUUID(), host, List.of(initiator(host, 0)), Optional.empty(), Map.of()));
        model.groupsOf().put(host, new HashSet<>());
        model.initiators().put(host, new HashSet<>(Set.of(initiator(host, 0))));
    }

    private void removeHost(Draft draft, Model model, String host) {
        if (!model.luns(host).isEmpty()) {
            mustRefuse(() -> draft.remove(host(draft, host)));
            return;
        }
        draft.remove(host(draft, host));
        model.groupsOf().remove(host);
        model.initiators().remove(host);
    }

    private void removeGroup(Draft draft, Model model, String group) {
        if (model.groupsOf().values().stream().anyMatch(its -> its.contains(group))
                || !model.sharedOf(group).isEmpty()) {
            mustRefuse(() -> draft.remove(group(draft, group)));
            return;
        }
        draft.remove(group(draft, group));
        model.groups().remove(group);
    }

    private void changeInitiators(Draft draft, Model model, String host) {
        var names = new ArrayList<String>();
        for (int number = 0; number < 2; number++) {
            if (random.nextBoolean()) {
                names.add(initiator(host, number));
            }
        }
        draft.put(host(draft, host).withInitiators(names));
        model.initiators().put(host, new HashSet<>(names));
    }

    private void join(Draft draft, Model model, String host, String group) {
        var collides = model.sharedOf(group).values().stream().anyMatch(model.luns(host)::contains);
        if (model.groupsOf(host).contains(group) || collides) {
            mustRefuse(() -> draft.join(host(draft, host), group(draft, group)));
            return;
        }
        draft.join(host(draft, host), group(draft, group));
        model.groupsOf(host).add(group);
    }

    private void connect(Draft draft, Model model, String host) {
        var volume = "v" + random.nextInt(VOLUMES);
        var connections = model.privatelyOf(host);
        var lun = 1 + random.nextInt(LUNS);
        if (connections.remove(volume) != null) {
            draft.disconnect(draft.objects()
                    .privateConnection(host(draft, host).id(), volume(volume).id())
                    .orElseThrow());
        } else if (model.luns(host).contains(lun)) {
            mustRefuse(() -> draft.connect(host(draft, host), volume(volume), lun));
        } else {
            draft.connect(host(draft, host), volume(volume), lun);
            connections.put(volume, lun);
        }
    }

    private void connectGroup(Draft draft, Model model, String group) {
        var volume = "v" + random.nextInt(VOLUMES);
        var connections = model.sharedOf(group);
        var lun = 1 + random.nextInt(LUNS);
        if (connections.remove(volume) != null) {
            draft.disconnect(draft.objects()
                    .sharedConnection(group(draft, group).id(), volume(volume).id())
                    .orElseThrow());
        } else if (model.lunsOfGroup(group).contains(lun)) {
            mustRefuse(() -> draft.connect(group(draft, group), volume(volume), lun));
        } else {
            draft.connect(group(draft, group), volume(volume), lun);
            connections.put(volume, lun);
        }
    }

    private void mustRefuse(Runnable step) {
        assertThatThrownBy(step::run).isInstanceOf(IllegalStateException.class);
        refused++;
    }
}
