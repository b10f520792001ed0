package io.stowage.server.remote;

import io.stowage.engine.Refused;
import io.stowage.server.settings.ListenAddress;
import io.stowage.web.Handler;
import io.stowage.web.Listener;
import io.stowage.web.WebServer;
import io.stowage.web.tls.ServerCertificate;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How clients elsewhere reach the server: the HTTPS listener, which comes and goes with the server's config. */
public final class RemoteDoor implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(RemoteDoor.class.getName());
    private static final String NAME = "server";

    /** How long a listener that was replaced keeps its connections: the answer about that goes over one of them. */
    private static final Duration FAREWELL = Duration.ofSeconds(10);

    private final ServerCertificate certificate;
    private final Optional<ListenAddress> fixed;
    private final List<WebServer> leaving = new ArrayList<>();
    private Optional<Handler> handler = Optional.empty();
    private Optional<ListenAddress> address = Optional.empty();
    private Optional<WebServer> web = Optional.empty();

    /** @param fixed what the command line says, which wins over the config */
    public RemoteDoor(ServerCertificate certificate, Optional<ListenAddress> fixed) {
        this.certificate = certificate;
        this.fixed = fixed;
    }

    /**
     * The certificate in the state folder; made once. Clients pin it, so that it stays, whatever the server is called or
     * listens at later.
     *
     * @throws IOException it can't be read, or no longer be used: somebody has to decide what becomes of those pins
     */
    public static ServerCertificate certificate(Path state, String serverName) throws IOException {
        var problem = ServerCertificate.problem(state, NAME);
        if (problem.isPresent()) {
            throw new IOException("The server's certificate can't be used: " + problem.get());
        }
        return Files.exists(state.resolve(NAME + ".crt"))
                ? ServerCertificate.ensure(state, NAME, List.of(), List.of())
                : ServerCertificate.ensure(
                        state,
                        NAME,
                        List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1")),
                        List.of(serverName));
    }

    /**
     * Begins to listen.
     *
     * @param configured what the config says
     * @throws Refused it can't be listened to there
     */
    public synchronized void open(Handler api, Optional<ListenAddress> configured) {
        handler = Optional.of(api);
        change(fixed.or(() -> configured));
    }

    /** What the server identifies itself with, whether anybody is listened to or not. */
    public ServerCertificate certificate() {
        return certificate;
    }

    /** Where clients can connect to, as {@code ADDRESS:PORT}; empty when nobody is listened to. */
    public synchronized List<String> addresses() {
        return address.map(ListenAddress::reachable).orElse(List.of());
    }

    /**
     * Listens at another address from now on, or not at all. Open connections stay for some seconds.
     *
     * @throws Refused BAD_INPUT it can't be listened to there; then all is as before
     */
    public synchronized void listen(Optional<ListenAddress> wanted) {
        if (fixed.isEmpty()) {
            change(wanted);
        }
    }

    private void change(Optional<ListenAddress> wanted) {
        if (wanted.equals(address)) {
            return;
        }
        var before = address;
        retire();
        try {
            start(wanted);
        } catch (IOException e) {
            restore(before);
            throw new Refused(
                    Refused.Kind.BAD_INPUT,
                    "Can't listen at %s: %s"
                            .formatted(wanted.map(ListenAddress::toString).orElse(""), e.getMessage()),
                    e);
        }
    }

    private void restore(Optional<ListenAddress> before) {
        try {
            start(before);
        } catch (IOException e) {
            LOG.log(Level.ERROR, "Remote clients are not listened to any more: {0}", e.getMessage());
        }
    }

    private void start(Optional<ListenAddress> wanted) throws IOException {
        if (wanted.isEmpty()) {
            return;
        }
        var listener = new Listener.Https(wanted.get().socket(), certificate, Listener.TlsPolicy.ASK_CLIENT);
        var started = WebServer.start("remote", handler.orElseThrow(), List.of(listener));
        web = Optional.of(started);
        address = Optional.of(new ListenAddress(
                wanted.get().address(), started.addresses().getFirst().getPort()));
        LOG.log(Level.INFO, "Remote clients are listened to at {0}", address.get());
    }

    private void retire() {
        web.ifPresent(old -> {
            old.stopListening();
            leaving.add(old);
            Thread.ofVirtual().name("listener leaving").start(() -> endLater(old));
        });
        web = Optional.empty();
        address = Optional.empty();
    }

    private void endLater(WebServer old) {
        try {
            Thread.sleep(FAREWELL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        end(old);
    }

    private void end(WebServer old) {
        synchronized (this) {
            if (!leaving.remove(old)) {
                return;
            }
        }
        old.close();
    }

    @Override
    public void close() {
        List<WebServer> all;
        synchronized (this) {
            web.ifPresent(leaving::add);
            web = Optional.empty();
            address = Optional.empty();
            all = List.copyOf(leaving);
        }
        all.forEach(this::end);
    }
}
