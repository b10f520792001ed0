package io.stowage.tests.arena;

import io.stowage.client.StowageClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code bin/stowaged} with the user-space connector, and the clients that speak with it. */
public final class Server {
    private final Path state;
    private final List<String> options;
    private final Map<String, String> environment;
    private Program program;

    private Server(Path state, List<String> options, Map<String, String> environment) {
        this.state = state;
        this.options = options;
        this.environment = environment;
        this.program = Program.start("stowaged", state, options, environment);
    }

    public static Server start(Path state, String... more) {
        return start(Map.of(), state, more);
    }

    /** @param environment what it has in its environment besides ours */
    public static Server start(Map<String, String> environment, Path state, String... more) {
        List<String> options =
                new ArrayList<>(List.of("--state", state.toString(), "--name", "host01", "--connector", "userspace"));
        options.addAll(List.of(more));
        Server server = new Server(state, options, environment);
        server.program.awaitReady();
        return server;
    }

    public void kill() {
        program.kill();
    }

    /** SIGKILL, without waiting for the end. */
    void killUnheard() {
        program.killUnheard();
    }

    public void restart() {
        program = Program.start("stowaged", state, options, environment);
        program.awaitReady();
    }

    /** SIGTERM: attachments stay. */
    public int stop() {
        return program.end("TERM");
    }

    /** SIGPWR: everything is unmounted and detached first. */
    public int powerOff() {
        return program.end("PWR");
    }

    public boolean isAlive() {
        return program.isAlive();
    }

    public String log() {
        return program.log();
    }

    public Path state() {
        return state;
    }

    public StowageClient client() {
        return new StowageClient(state.resolve("unix.socket"));
    }

    /** Our own command. */
    public Ran stowage(String... arguments) {
        return run(
                Map.of("STOWAGE_STATE", state.toString()),
                Checkout.program("stowage").toString(),
                arguments);
    }

    /** Debian's {@code lxc}, with a home of its own. */
    public Ran lxc(String... arguments) {
        return lxcWith("", arguments);
    }

    public Ran lxcWith(String input, String... arguments) {
        List<String> command = new ArrayList<>(List.of("lxc"));
        command.addAll(List.of(arguments));
        return Ran.run(
                Map.of(
                        "LXD_DIR", state.toString(),
                        "LXD_CONF", state.resolve("lxc-home").toString(),
                        "HOME", state.resolve("lxc-home").toString()),
                input,
                command);
    }

    private static Ran run(Map<String, String> environment, String program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        return Ran.run(environment, "", command);
    }
}
