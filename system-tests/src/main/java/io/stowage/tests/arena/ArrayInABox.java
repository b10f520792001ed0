package io.stowage.tests.arena;

import io.stowage.client.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** {@code bin/stowage-array} with the personalities that are asked for, at addresses that stay the same over restarts. */
public final class ArrayInABox {
    /** All that scenarios are run with. */
    public static final Set<Vendor> ALL =
            Arrays.stream(Combination.values()).map(Combination::vendor).collect(Collectors.toUnmodifiableSet());

    /** The FlashArray's newest: what is made there takes its recovery record along. */
    private static final String REST_VERSION = "2.52";

    /** None that the kernel takes for outgoing connections: it must be free again after each kill. */
    private static final int MANAGEMENT = 8443;

    private final Path state;
    private final List<String> options;
    private Program program;
    private Json endpoints;

    private ArrayInABox(Path state, List<String> options) {
        this.state = state;
        this.options = options;
        this.program = Program.start("stowage-array", state, options);
        this.endpoints = Json.NULL;
    }

    /** With everything that scenarios need. */
    public static ArrayInABox start(Path state, String capacity) {
        return start(state, capacity, ALL, addresses("127.", 1));
    }

    /** @param portals addresses; ports are the usual ones, since some hosts can't be told others */
    public static ArrayInABox start(Path state, String capacity, Set<Vendor> vendors, List<String> portals) {
        List<String> options = new ArrayList<>(
                List.of("--state", state.toString(), "--capacity", capacity, "--rest-version", REST_VERSION));
        vendors.forEach(vendor -> options.addAll(
                List.of("--" + vendor.personality(), addresses("127.", 1).getFirst() + ":" + MANAGEMENT)));
        portals.forEach(portal -> options.addAll(List.of("--portal", portal)));
        ArrayInABox array = new ArrayInABox(state, List.copyOf(options));
        try {
            array.ready();
        } catch (AssertionError e) {
            array.kill();
            throw e;
        }
        return array;
    }

    /**
     * Neighbouring addresses of this machine that nobody else uses: taken at random, so that runs don't meet.
     *
     * @param network what they begin with: {@code 127.} or {@code 127.100.}
     */
    public static List<String> addresses(String network, int count) {
        SplittableRandom random = new SplittableRandom();
        String prefix = network;
        while (prefix.chars().filter(character -> character == '.').count() < 3) {
            prefix += random.nextInt(101, 255) + ".";
        }
        int first = random.nextInt(1, 255 - count);
        List<String> addresses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            addresses.add(prefix + (first + i));
        }
        return addresses;
    }

    private void ready() {
        endpoints = Json.parse(program.awaitReady());
    }

    public void kill() {
        program.kill();
    }

    public void restart() {
        program = Program.start("stowage-array", state, options);
        ready();
    }

    public int stop() {
        return program.end("TERM");
    }

    public long pid() {
        return program.pid();
    }

    public String log() {
        return program.log();
    }

    public Endpoint endpoint(Vendor vendor) {
        Json endpoint = endpoints.get(vendor.personality());
        if (endpoint.isNull()) {
            throw new IllegalStateException("this array has no " + vendor.personality());
        }
        return new Endpoint(endpoint);
    }

    /** A line to its control socket; see the README. @throws AssertionError if it is refused */
    public Json control(Json line) {
        return new ControlSocket(state.resolve("control.socket")).ask(line);
    }

    /** The management requests since the start, or since {@link #resetCalls}. */
    public Calls calls() {
        Map<String, Integer> kinds = new HashMap<>();
        for (Json kind : control(Json.of(Map.of("calls", true))).get("calls").items()) {
            String name = kind.get("method").text() + " " + kind.get("path").text();
            kinds.merge(name, (int) kind.get("count").number(0), Integer::sum);
        }
        return new Calls(kinds);
    }

    public void resetCalls() {
        control(Json.of(Map.of("calls", "reset")));
    }

    /** An administrator's look at it. */
    public ArrayApi administrator(Vendor vendor) {
        return vendor.administrator(endpoint(vendor));
    }
}
