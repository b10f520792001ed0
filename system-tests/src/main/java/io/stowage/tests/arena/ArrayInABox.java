package io.stowage.tests.arena;

import io.stowage.client.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code bin/stowage-array} with one FlashArray, on ports that stay the same over restarts. */
public final class ArrayInABox {
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

    public static ArrayInABox start(Path state, String capacity) {
        return start(state, capacity, List.of("127.0.0.1"));
    }

    /** @param portals addresses, all with the same port */
    public static ArrayInABox start(Path state, String capacity, List<String> portals) {
        List<String> options = new ArrayList<>(List.of(
                "--state",
                state.toString(),
                "--flasharray",
                "127.0.0.1:" + freePort(),
                "--iscsi-port",
                String.valueOf(freePort()),
                "--capacity",
                capacity));
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

    /** A port that nobody listens on now; somebody else may take it before we do, and then the start says so. */
    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
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

    public String gateway() {
        return flashArray().get("management").text();
    }

    public Path certificate() {
        return Path.of(flashArray().get("certificate").text());
    }

    public String apiToken() {
        return flashArray().get("apiToken").text();
    }

    public String iqn() {
        return flashArray().get("iscsi").get("iqn").text();
    }

    /** The first data address, as {@code ADDRESS:PORT}. */
    public String portal() {
        return portals().getFirst();
    }

    /** The data addresses, each as {@code ADDRESS:PORT}. */
    public List<String> portals() {
        return flashArray().get("iscsi").get("portals").items().stream()
                .map(Json::text)
                .toList();
    }

    private Json flashArray() {
        return endpoints.get("flasharray");
    }

    /** The keys of a pool that lies on this array. */
    public List<String> poolSettings() {
        return List.of(
                "pure.gateway=" + gateway(),
                "pure.gateway.ca=" + pem(),
                "pure.api.token=" + apiToken(),
                "pure.mode=iscsi");
    }

    public String pem() {
        try {
            return java.nio.file.Files.readString(certificate());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
