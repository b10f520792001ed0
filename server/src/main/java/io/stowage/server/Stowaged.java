package io.stowage.server;

import io.stowage.driver.alletra.AlletraDriver;
import io.stowage.driver.pure.PureDriver;
import io.stowage.engine.Engine;
import io.stowage.engine.EngineOptions;
import io.stowage.engine.Refused;
import io.stowage.model.InvalidValue;
import io.stowage.server.api.Api;
import io.stowage.server.api.Registry;
import io.stowage.server.api.ServerInfo;
import io.stowage.server.remote.Doors;
import io.stowage.server.remote.RemoteDoor;
import io.stowage.server.settings.Profiles;
import io.stowage.system.ServiceNotifier;
import io.stowage.system.SystemError;
import io.stowage.web.Listener;
import io.stowage.web.WebServer;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The program {@code stowaged}: wires everything together, and ends it in the right order. */
public final class Stowaged {
    private static final System.Logger LOG = System.getLogger(Stowaged.class.getName());
    private static final int SOCKET_MODE = 0660;

    /** How long readiness waits for attachments to be back; arrays out of reach are tried on and on after that. */
    private static final Duration HOMECOMING = Duration.ofSeconds(60);

    private Stowaged() {}

    /** Exit status 0 after a signal, 1 when it can't start: then one sentence on standard error says why. */
    public static void main(String[] arguments) {
        LogFormat.install();
        int status;
        try {
            run(List.of(arguments));
            status = 0;
        } catch (BadOption | Refused | IOException e) {
            System.err.println("stowaged: " + e.getMessage());
            status = 1;
        } catch (Exception e) {
            LOG.log(Level.ERROR, "The server ends", e);
            status = 1;
        }
        System.exit(status);
    }

    private static void run(List<String> arguments) throws Exception {
        if (arguments.contains("--help")) {
            System.out.print(Options.USAGE);
            return;
        }
        serve(Options.parse(arguments));
    }

    private static void serve(Options options) throws Exception {
        makeFolder(options.state());
        var ending = Ending.onSignal();
        try (var engine = Engine.open(engineOptions(options))) {
            serve(options, engine, ending);
        }
    }

    private static void serve(Options options, Engine engine, CompletableFuture<Ending> ending) throws Exception {
        var socket = new Listener.UnixSocket(options.state().resolve("unix.socket"), SOCKET_MODE, options.group());
        var registry = Registry.of(
                engine.database(), engine.secrets(), engine.serverId(), engine.warnings(), Clock.systemUTC());
        var certificate = RemoteDoor.certificate(options.state(), options.name());
        var doors =
                new Doors(new RemoteDoor(certificate, options.listen()), new RemoteDoor(certificate, Optional.empty()));
        var api = new Api(
                ServerInfo.of(options.name()),
                engine.pools(),
                engine.volumes(),
                engine.snapshots(),
                engine.backups(),
                engine.migrations(),
                engine.attachments(),
                engine.operations(),
                registry,
                doors);
        Ending how;
        try (api;
                doors;
                var _ = LogEvents.into(api);
                var _ = WebServer.start("api", api, List.of(socket))) {
            if (!engine.awaitHome(HOMECOMING)) {
                LOG.log(Level.WARNING, "Attachments are not all back after {0}; it goes on", HOMECOMING);
            }
            open(doors, api, options, registry.settings().get());
            sayReady();
            how = ending.get();
            LOG.log(Level.INFO, "The server ends: {0}", how);
        }
        if (how == Ending.POWER_OFF) {
            engine.detachAll();
        }
    }

    /** A bad address on the command line ends the start; one in the config must not keep its owner from mending it. */
    private static void open(Doors doors, Api api, Options options, Map<String, String> config) {
        try {
            doors.main().open(api, Doors.address(config));
        } catch (Refused | InvalidValue e) {
            if (options.listen().isPresent()) {
                throw e;
            }
            LOG.log(Level.ERROR, "Remote clients are not listened to: {0}", e.getMessage());
        }
        try {
            doors.metrics().open(api.metricsOnly(), Doors.metricsAddress(config));
        } catch (Refused | InvalidValue e) {
            LOG.log(Level.ERROR, "Metrics have no address of their own: {0}", e.getMessage());
        }
    }

    private static EngineOptions engineOptions(Options options) {
        return EngineOptions.of(
                        options.state(),
                        options.name(),
                        List.of(new PureDriver(), new AlletraDriver()),
                        new HostConnectors(options))
                .withDatabase(options.database())
                .withSecretKey(options.secretKey())
                .withMoves(Profiles::follow);
    }

    /** Others reach the socket and mounted volumes in the folder, but see no list of it. */
    private static void makeFolder(Path state) throws IOException {
        if (Files.isDirectory(state)) {
            return;
        }
        try {
            Files.createDirectories(state);
            Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwx--x--x"));
        } catch (IOException e) {
            throw new IOException("The state folder %s can't be made: %s".formatted(state, e), e);
        }
    }

    private static void sayReady() {
        System.out.println("ready");
        System.out.flush();
        try {
            ServiceNotifier.ofEnvironment().ready();
        } catch (SystemError e) {
            LOG.log(Level.WARNING, "The service manager can''t be told that the server is ready: {0}", e.getMessage());
        }
    }
}
