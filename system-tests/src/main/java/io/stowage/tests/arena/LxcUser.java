package io.stowage.tests.arena;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Somebody on a machine of their own with Debian's {@code lxc}, a certificate and remotes. */
public record LxcUser(Path home) {
    public Ran lxc(String... arguments) {
        return Ran.run(environment(), "", command(arguments));
    }

    private static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of("lxc"));
        command.addAll(List.of(arguments));
        return command;
    }

    private Map<String, String> environment() {
        return Map.of(
                "LXD_CONF",
                home.toString(),
                "HOME",
                home.toString(),
                "LXD_DIR",
                home.resolve("none").toString());
    }

    /** Makes our server a remote. It begins to listen on a port of the loopback interface that is free. */
    public void add(String remote, Server server) {
        server.lxc("config", "set", "core.https_address=127.0.0.1:0").orFail();
        add(remote, server::lxc);
    }

    /** Learns where a remote is now: with a port of its own choice that is another one after each start. */
    public void find(String remote, Server server) {
        String address = server.client()
                .get("/1.0")
                .get("environment")
                .get("addresses")
                .items()
                .getFirst()
                .text();
        lxc("remote", "set-url", remote, "https://" + address).orFail();
    }

    /** Makes a real LXD a remote. It begins to listen. */
    public void add(String remote, RealLxd lxd) {
        lxd.listen();
        add(remote, lxd::lxc);
    }

    private void add(String remote, Function<String[], Ran> administrator) {
        String[] lines = administrator
                .apply(new String[] {"config", "trust", "add", "--name", remote})
                .orFail()
                .out()
                .strip()
                .split("\n", -1);
        lxc("remote", "add", remote, lines[lines.length - 1]).orFail();
    }
}
