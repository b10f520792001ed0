package io.stowage.array.wsapi;

import io.stowage.array.core.Connection;
import io.stowage.array.core.Draft;
import io.stowage.array.core.Estate;
import io.stowage.array.core.EstateCheck;
import io.stowage.array.core.Host;
import io.stowage.array.core.LogicalUnit;
import io.stowage.array.core.Volume;
import io.stowage.array.fault.BadControl;
import io.stowage.array.fault.Faults;
import io.stowage.array.flasharray.ManualTime;
import io.stowage.array.management.FuzzedRequest;
import io.stowage.array.management.ManagementApi;
import io.stowage.array.namespace.Subsystems;
import io.stowage.array.store.DiskStore;
import io.stowage.array.store.Finding;
import io.stowage.array.store.StoreInMemory;
import io.stowage.array.wsapi.port.Ports;
import io.stowage.array.wsapi.system.Identity;
import io.stowage.web.Response;
import io.stowage.web.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.LongNode;

/** An Alletra without a network: requests go straight to its API, and one host reads and writes its volumes. */
final class Lab implements AutoCloseable {
    static final long MIB = 1 << 20;

    private static final String IQN = "iqn.2026-11.io.stowage:lab";
    private static final Map<String, String> BODY_HEADERS = Map.of("content-type", "application/json");

    private final StoreInMemory.Machine machine;
    private final DiskStore store;
    private final ManualTime time;
    private final Estate estate;
    private final ManagementApi api;
    private final Alletra array;
    private final Identity identity;
    private String key;

    private Lab(StoreInMemory.Machine machine, ManualTime time) {
        this.machine = machine;
        this.store = machine.start();
        this.time = time;
        this.estate = Estate.open("wsapi", store, time);
        this.array = new Alletra(estate);
        this.identity = Identity.ensure(estate);
        var portals = List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 3260));
        this.api = array.api(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 443),
                Duration.ZERO,
                new Ports(portals, List.of(), List.of()),
                new Faults());
        this.key = login();
    }

    /** The body of a login. */
    String credentials() {
        var account = identity.account();
        return Json.text(Json.object().put("user", account.user()).put("password", account.password()));
    }

    private String login() {
        var answer = send("POST", "credentials", credentials(), Map.of());
        return Json.tree(answer.body()).path("key").asString();
    }

    static Lab inMemory() {
        return new Lab(new StoreInMemory.Machine(1L << 50), new ManualTime());
    }

    /** The array after a power failure that this one must not survive: it isn't to be used any more. */
    Lab restarted(Random random) {
        machine.cutPower(random);
        return new Lab(machine, time);
    }

    /** What is wrong with what is durable. */
    List<Finding> findings() {
        var report = machine.report();
        var findings = new ArrayList<>(report.findings());
        var estate = Alletra.check(report);
        findings.addAll(estate.findings());
        findings.addAll(EstateCheck.strays(report, List.of(estate)));
        return findings;
    }

    void loginAgain() {
        key = login();
    }

    /** What can be called, with stars for names. */
    List<String> paths() {
        return List.copyOf(api.testing().paths());
    }

    /** All objects: two are equal when nothing has changed. */
    List<Set<?>> objects() {
        return estate.read(objects -> List.<Set<?>>of(
                Set.copyOf(objects.containers()),
                Set.copyOf(objects.volumes()),
                Set.copyOf(objects.volumeSets()),
                Set.copyOf(objects.hosts()),
                Set.copyOf(objects.hostGroups()),
                Set.copyOf(objects.connections()),
                Set.copyOf(objects.setExports()),
                Set.copyOf(objects.jobs()),
                Set.copyOf(objects.tags())));
    }

    Subsystems subsystems() {
        return array.subsystems();
    }

    /** What the array does each second. */
    void measure() {
        array.measure();
    }

    /** The body of a login of one who may only look. */
    String browserCredentials() {
        var browser = identity.browser();
        return Json.text(Json.object().put("user", browser.user()).put("password", browser.password()));
    }

    Estate estate() {
        return estate;
    }

    DiskStore store() {
        return store;
    }

    /** Time passes, which may end a session, so that another one begins. */
    void pass(Duration duration) {
        time.pass(duration);
        key = login();
    }

    /** Tasks that begin from now on last so long. */
    void tasksLast(Duration duration) {
        set("task-duration", duration.toMillis());
    }

    /** Sets what testers may set. */
    void set(String name, long value) {
        for (var knob : api.testing().knobs()) {
            if (knob.name().equals(name)) {
                try {
                    knob.set(LongNode.valueOf(value));
                    return;
                } catch (BadControl e) {
                    throw new AssertionError(e);
                }
            }
        }
        throw new AssertionError("no knob " + name);
    }

    /** The key of its session. */
    String key() {
        return key;
    }

    /** @param body with apostrophes for quotation marks; empty for none */
    Response.Whole send(String method, String path, String body) {
        return send(method, path, body, Map.of("x-hp3par-wsapi-sessionkey", key));
    }

    private Response.Whole send(String method, String path, String body, Map<String, String> headers) {
        var all = new java.util.HashMap<>(headers);
        all.putAll(BODY_HEADERS);
        return raw(method, "/api/v1/" + path, body, all);
    }

    /** A request as it stands, without a session unless the headers have one. */
    Response.Whole raw(String method, String path, String body, Map<String, String> headers) {
        var parts = path.split("\\?", 2);
        return send(new FuzzedRequest(
                method,
                parts[0],
                parts.length > 1 ? parts[1] : "",
                headers,
                body.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }

    Response.Whole send(FuzzedRequest request) {
        try {
            return (Response.Whole) api.handler().handle(request);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    JsonNode get(String path) {
        return json(expected(200, send("GET", path, "")));
    }

    JsonNode volume(String name) {
        return get("volumes/" + name);
    }

    /** The names of what a collection has. */
    List<String> names(String path) {
        var all = get(path);
        var names = new ArrayList<String>();
        all.path("members").forEach(member -> names.add(member.path("name").asString()));
        if (names.size() != all.path("total").asInt()) {
            throw new AssertionError("total is " + all.path("total") + " of " + names.size());
        }
        return names.stream().sorted().toList();
    }

    /** Something is made; returns its Location. */
    String make(String path, String body) {
        return location(expected(201, send("POST", path, body)));
    }

    static String location(Response.Whole answer) {
        return Optional.ofNullable(answer.headers().get("Location")).orElse("");
    }

    Response.Whole put(String path, String body) {
        return expected(200, send("PUT", path, body));
    }

    /** A call that begins a task; returns its number. */
    int task(String method, String path, String body) {
        var id = json(expected(200, send(method, path, body))).path("taskid");
        if (!id.isIntegralNumber()) {
            throw new AssertionError(path + " began no task");
        }
        return id.intValue();
    }

    void delete(String path) {
        var answer = expected(200, send("DELETE", path, ""));
        if (answer.body().length != 0) {
            throw new AssertionError("DELETE answers nothing");
        }
    }

    /** What the array says against a call: {@code STATUS CODE}, and the member to blame if it names one. */
    String refused(String method, String path, String body) {
        var answer = send(method, path, body);
        var error = json(answer);
        if (answer.status() < 400 || error.path("desc").asString("").isEmpty()) {
            throw new AssertionError(method + " " + path + ": " + answer.status() + " " + error);
        }
        var ref = error.path("ref").asString("");
        return answer.status() + " " + error.path("code").asInt() + (ref.isEmpty() ? "" : " " + ref);
    }

    private static Response.Whole expected(int status, Response.Whole answer) {
        if (answer.status() != status) {
            throw new AssertionError(answer.status() + " " + new String(answer.body(), StandardCharsets.UTF_8));
        }
        return answer;
    }

    static JsonNode json(Response.Whole answer) {
        return answer.body().length == 0 ? Json.object() : Json.tree(answer.body());
    }

    void create(String name, int sizeMiB) {
        make("volumes", "{'name': '%s', 'cpg': 'SSD_r6', 'sizeMiB': %d, 'tpvv': true}".formatted(name, sizeMiB));
    }

    void snapshot(String parent, String name) {
        make("volumes/" + parent, "{'action': 'createSnapshot', 'parameters': {'name': '%s'}}".formatted(name));
    }

    /** Exports the volume to the lab's host for good. */
    void export(String name) {
        estate.change(draft -> connect(draft, require(draft, name)));
    }

    void unexport(String name) {
        estate.change(draft -> {
            var volume = require(draft, name);
            draft.objects().connectionsOfVolume(volume.id()).forEach(draft::disconnect);
            return volume;
        });
    }

    private static Volume require(Draft draft, String name) {
        return draft.objects().volume(Optional.empty(), name).orElseThrow();
    }

    private static Connection connect(Draft draft, Volume volume) {
        var host = draft.objects().hostOf(IQN).orElseGet(() -> {
            var made = new Host(UUID.randomUUID(), "lab", List.of(IQN), Optional.empty(), Map.of());
            draft.put(made);
            return made;
        });
        return draft.connect(host, volume, draft.objects().luns(host).nextClearBit(1));
    }

    /** The first byte of each MiB asked for, as a host reads them. */
    List<Integer> bytes(String name, int... mebibytes) {
        var found = new ArrayList<Integer>();
        use(name, unit -> {
            for (var mebibyte : mebibytes) {
                var buffer = ByteBuffer.allocate(LogicalUnit.BLOCK_BYTES);
                read(unit, mebibyte, buffer);
                found.add((int) buffer.get(0));
            }
        });
        return found;
    }

    private static void read(LogicalUnit unit, int mebibyte, ByteBuffer into) {
        try {
            unit.read(mebibyte * MIB, into);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A host writes the value at the beginning of this MiB. */
    void write(String name, int mebibyte, int value) {
        write(name, mebibyte, value, LogicalUnit.BLOCK_BYTES);
    }

    /** A host writes so many bytes of the value from the beginning of this MiB on. */
    void write(String name, int mebibyte, int value, int length) {
        use(name, unit -> {
            var bytes = new byte[length];
            java.util.Arrays.fill(bytes, (byte) value);
            try {
                unit.write(mebibyte * MIB, ByteBuffer.wrap(bytes));
                unit.flush();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    boolean isWritable(String name) {
        var readOnly = new ArrayList<Boolean>();
        use(name, unit -> readOnly.add(unit.condition().state().readOnly()));
        return !readOnly.getFirst();
    }

    /** What a host does with a volume, which is exported for that unless it is already. */
    private void use(String name, Consumer<LogicalUnit> access) {
        boolean exported = estate.read(objects -> objects.volume(Optional.empty(), name)
                .filter(volume -> !objects.connectionsOfVolume(volume.id()).isEmpty())
                .isPresent());
        if (!exported) {
            export(name);
        }
        int lun = estate.read(objects -> {
            var volume = objects.volume(Optional.empty(), name).orElseThrow();
            return objects.connectionsOfVolume(volume.id()).getFirst().lun();
        });
        access.accept(
                java.util.Objects.requireNonNull(estate.units().visibleTo(IQN).get(lun)));
        if (!exported) {
            unexport(name);
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
