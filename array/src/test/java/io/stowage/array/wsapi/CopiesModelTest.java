package io.stowage.array.wsapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/**
 * Random volumes, snapshots, promotions, copies, tasks that take time and are cancelled, and power failures, against a model
 * that knows only arrays of bytes: what is refused, which volumes there are, and what hosts read, is what the model says.
 * {@code -Dstowage.seed=S} asks for another run.
 */
@Timeout(value = 600, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class CopiesModelTest {
    private static final int ROUNDS = Boolean.getBoolean("stowage.soak") ? 20_000 : 400;
    private static final int MOST_VOLUMES = 8;
    private static final int STEP = 256;

    /** Where bytes are looked at, in MiB: in the first step of each volume, and in the second of those that have grown. */
    private static final int[] PLACES = {0, 100, 255, 256, 511};

    private static final Duration TASK = Duration.ofSeconds(10);

    private final Random random = new Random(Long.getLong("stowage.seed", 20261121));
    private final Map<String, Thing> model = new TreeMap<>();
    private final List<Pending> pending = new ArrayList<>();
    private Lab lab = Lab.inMemory();
    private int names;
    private boolean slow;

    /** A volume: its size in MiB and what is at the places within it. */
    private static final class Thing {
        final @Nullable String parent;
        final boolean readOnly;
        int size;
        int[] bytes = new int[PLACES.length];

        Thing(@Nullable String parent, boolean readOnly, int size) {
            this.parent = parent;
            this.readOnly = readOnly;
            this.size = size;
        }

        void fill(int[] from) {
            bytes = from.clone();
        }

        int places() {
            return (int) Arrays.stream(PLACES).filter(place -> place < size).count();
        }
    }

    /** A task that isn't over: at its end the target has these bytes, unless they are null and it has them already. */
    private record Pending(int id, String source, String target, int @Nullable [] bytes, long due) {
        boolean isOn(String name) {
            return source.equals(name) || target.equals(name);
        }

        boolean fills(String name) {
            return bytes != null && target.equals(name);
        }
    }

    private long now;

    @Test
    void hostsReadWhatTheModelSays() {
        for (int round = 0; round < ROUNDS; round++) {
            change();
            if (random.nextInt(4) == 0 || round == ROUNDS - 1) {
                compare();
            }
        }
        lab.close();
    }

    private void change() {
        switch (random.nextInt(14)) {
            case 0, 1 -> create();
            case 2, 3, 4 -> write();
            case 5, 6 -> snapshot();
            case 7 -> promote();
            case 8 -> copy();
            case 9 -> copyOnline();
            case 10 -> grow();
            case 11 -> delete();
            case 12 -> pass();
            default -> cancelOrRestart();
        }
    }

    private String any() {
        var all = List.copyOf(model.keySet());
        return all.isEmpty() ? "none" : all.get(random.nextInt(all.size()));
    }

    private Optional<Thing> thing(String name) {
        return Optional.ofNullable(model.get(name));
    }

    private Thing require(String name) {
        return thing(name).orElseThrow();
    }

    private String newName() {
        return "n" + ++names;
    }

    private boolean isBusy(String name) {
        return pending.stream().anyMatch(task -> task.isOn(name));
    }

    private boolean isFilled(String name) {
        return pending.stream().anyMatch(task -> task.fills(name));
    }

    private boolean isFull() {
        return model.size() >= MOST_VOLUMES;
    }

    private void create() {
        if (!isFull()) {
            var name = newName();
            var size = STEP * (1 + random.nextInt(2));
            lab.create(name, size);
            model.put(name, new Thing(null, false, size));
        }
    }

    private void write() {
        var name = any();
        if (!model.containsKey(name) || isFilled(name) || require(name).readOnly) {
            return;
        }
        var thing = require(name);
        var place = random.nextInt(thing.places());
        var value = 1 + random.nextInt(100);
        lab.write(name, PLACES[place], value);
        thing.bytes[place] = value;
    }

    private void snapshot() {
        if (isFull()) {
            return;
        }
        var parent = any();
        var name = newName();
        var readOnly = random.nextBoolean();
        var body =
                "{'action': 'createSnapshot', 'parameters': {'name': '%s', 'readOnly': %s}}".formatted(name, readOnly);
        if (!model.containsKey(parent)) {
            expect("404 23", "POST", "volumes/" + parent, body);
        } else if (isFilled(parent)) {
            expect("409 151", "POST", "volumes/" + parent, body);
        } else if (readOnly && require(parent).readOnly) {
            expect("403 1007", "POST", "volumes/" + parent, body);
        } else {
            lab.make("volumes/" + parent, body);
            var made = new Thing(parent, readOnly, require(parent).size);
            made.fill(require(parent).bytes);
            model.put(name, made);
        }
    }

    private String base(String name) {
        var base = name;
        for (var parent = require(base).parent; parent != null; parent = require(base).parent) {
            base = parent;
        }
        return base;
    }

    private void promote() {
        var name = any();
        var online = random.nextBoolean();
        var body = "{'action': 4, 'online': %s}".formatted(online);
        if (!model.containsKey(name)) {
            expect("404 23", "PUT", "volumes/" + name, body);
            return;
        }
        var base = base(name);
        if (base.equals(name)) {
            expect("409 1008", "PUT", "volumes/" + name, body);
        } else if (isBusy(base) || isFilled(name)) {
            expect("409 151", "PUT", "volumes/" + name, body);
        } else if (require(base).size > require(name).size) {
            expect("409 1004", "PUT", "volumes/" + name, body);
        } else {
            var task = lab.task("PUT", "volumes/" + name, body);
            begin(task, name, base, online);
        }
    }

    /** The target has the source's bytes now, or when the task is over. */
    private void begin(int task, String source, String target, boolean atOnce) {
        var bytes = require(source).bytes.clone();
        if (atOnce || !slow) {
            require(target).fill(bytes);
        }
        if (slow) {
            pending.add(new Pending(task, source, target, atOnce ? null : bytes, now + TASK.toSeconds()));
        }
    }

    private void copy() {
        var source = any();
        var target = any();
        var path = "volumes/" + source;
        var body = "{'action': 'createPhysicalCopy', 'parameters': {'destVolume': '%s'}}".formatted(target);
        if (!model.containsKey(source)) {
            expect("404 23", "POST", path, body);
        } else if (source.equals(target)) {
            expect("403 1006", "POST", path, body);
        } else if (require(target).parent != null) {
            expect("403 150", "POST", path, body);
        } else if (isBusy(target) || isFilled(source)) {
            expect("409 151", "POST", path, body);
        } else if (require(source).size > require(target).size) {
            expect("409 1005", "POST", path, body);
        } else {
            begin(lab.task("POST", path, body), source, target, false);
        }
    }

    private void copyOnline() {
        if (isFull()) {
            return;
        }
        var source = any();
        var target = newName();
        var path = "volumes/" + source;
        var body = ("{'action': 'createPhysicalCopy', 'parameters': {'destVolume': '%s', 'online': true,"
                        + " 'destCPG': 'SSD_r6', 'tpvv': true}}")
                .formatted(target);
        if (!model.containsKey(source)) {
            expect("404 23", "POST", path, body);
        } else if (isFilled(source)) {
            expect("409 151", "POST", path, body);
        } else {
            var task = lab.task("POST", path, body);
            model.put(target, new Thing(null, false, require(source).size));
            begin(task, source, target, true);
        }
    }

    private void grow() {
        var name = any();
        var body = "{'action': 3, 'sizeMiB': 256}";
        if (!model.containsKey(name)) {
            expect("404 23", "PUT", "volumes/" + name, body);
        } else if (require(name).parent != null) {
            expect("403 150", "PUT", "volumes/" + name, body);
        } else if (isBusy(name)) {
            expect("409 151", "PUT", "volumes/" + name, body);
        } else {
            lab.put("volumes/" + name, body);
            require(name).size += STEP;
        }
    }

    private List<String> below(String name) {
        var all = new ArrayList<>(List.of(name));
        for (int i = 0; i < all.size(); i++) {
            var parent = all.get(i);
            model.forEach((child, thing) -> {
                if (parent.equals(thing.parent)) {
                    all.add(child);
                }
            });
        }
        return all;
    }

    private void delete() {
        var name = any();
        var cascade = random.nextInt(3) == 0;
        var path = "volumes/" + name + (cascade ? "?cascade=true" : "");
        if (!model.containsKey(name)) {
            expect("404 23", "DELETE", path, "");
            return;
        }
        var all = below(name);
        var children =
                all.stream().filter(one -> name.equals(require(one).parent)).toList();
        if (!cascade && !children.isEmpty()) {
            var readOnly = children.stream().anyMatch(child -> require(child).readOnly);
            expect(readOnly ? "409 25" : "409 32", "DELETE", path, "");
        } else if (all.stream().anyMatch(this::isBusy)) {
            expect("409 151", "DELETE", path, "");
        } else {
            lab.delete(path);
            all.forEach(model::remove);
        }
    }

    private void pass() {
        slow = random.nextBoolean();
        lab.tasksLast(slow ? TASK : Duration.ZERO);
        var seconds = random.nextInt(8);
        lab.pass(Duration.ofSeconds(seconds));
        now += seconds;
        var over = new ArrayList<Pending>();
        for (var task : pending) {
            if (task.due() <= now) {
                over.add(task);
                if (task.bytes() != null) {
                    require(task.target()).fill(task.bytes());
                }
            }
        }
        pending.removeAll(over);
        lab.get("tasks");
    }

    private void cancelOrRestart() {
        if (!pending.isEmpty() && random.nextBoolean()) {
            var task = pending.remove(random.nextInt(pending.size()));
            lab.put("tasks/" + task.id(), "{'action': 1}");
        } else {
            lab = lab.restarted(random);
            assertThat(lab.findings()).isEmpty();
            slow = false;
        }
    }

    private void expect(String refusal, String method, String path, String body) {
        assertThat(lab.refused(method, path, body))
                .as(method + " " + path + " " + body)
                .isEqualTo(refusal);
    }

    private void compare() {
        assertThat(lab.names("volumes")).containsExactlyElementsOf(model.keySet());
        var active = new ArrayList<Integer>();
        for (var task : lab.get("tasks").path("members")) {
            if (task.path("status").asInt() == 2) {
                active.add(task.path("id").asInt());
            }
        }
        assertThat(active)
                .containsExactlyInAnyOrderElementsOf(
                        pending.stream().map(Pending::id).toList());
        model.forEach((name, thing) -> {
            assertThat(lab.volume(name).path("sizeMiB").asInt()).as(name).isEqualTo(thing.size);
            var places = Arrays.copyOf(PLACES, thing.places());
            var bytes = Arrays.stream(thing.bytes, 0, thing.places()).boxed().toList();
            assertThat(lab.bytes(name, places)).as(name).isEqualTo(bytes);
        });
        var kept = pending.stream().filter(task -> task.bytes() != null).count();
        assertThat(lab.store().volumes()).hasSize((int) (model.size() + kept));
    }
}
