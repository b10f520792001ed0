package io.stowage.cli;

import io.stowage.client.ApiError;
import io.stowage.client.Json;
import io.stowage.client.RemoteServer;
import io.stowage.client.StowageClient;
import io.stowage.client.Unreachable;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stowage remote …}: servers elsewhere, which {@code --remote NAME} then means. */
@Command(name = "remote", mixinStandardHelpOptions = true, description = "Servers elsewhere.")
final class RemoteCommands {
    private static final String UNTRUSTED = "The server does not trust this client";

    private RemoteCommands() {}

    static Stowage.Group group() {
        Map<String, Supplier<Callable<Integer>>> commands = new LinkedHashMap<>();
        commands.put("list", ListRemotes::new);
        commands.put("add", Add::new);
        commands.put("remove", Remove::new);
        return new Stowage.Group(new RemoteCommands(), commands);
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the remotes.")
    static final class ListRemotes implements Callable<Integer> {
        @Mixin
        private Output output = new Output();

        @Override
        public Integer call() {
            List<Json> rows = new Remotes()
                    .list().entrySet().stream()
                            .map(remote -> Json.of(Map.of(
                                    "name", remote.getKey(),
                                    "address", remote.getValue().address(),
                                    "fingerprint", remote.getValue().fingerprint())))
                            .toList();
            output.list(
                    rows,
                    List.of(
                            new Output.Column("NAME", row -> row.get("name").text()),
                            new Output.Column(
                                    "ADDRESS", row -> row.get("address").text()),
                            new Output.Column(
                                    "FINGERPRINT", row -> row.get("fingerprint").text())));
            return 0;
        }
    }

    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = "Gives a name to a server, and makes it trust this client if there is a token.")
    static final class Add implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "NAME")
        private String name = "";

        @Parameters(
                index = "1",
                paramLabel = "TOKEN|ADDRESS",
                description = "what lxc config trust add printed, or where the server is: HOST[:PORT]")
        private String place = "";

        @Option(
                names = "--fingerprint",
                paramLabel = "SHA256",
                description = "of the server's certificate, where there is no token (lxc info shows it)")
        private @Nullable String fingerprint;

        @Override
        public Integer call() {
            Remotes remotes = new Remotes();
            remotes.requireFree(name);
            Json token = token(place);
            remotes.add(name, token.isNull() ? known(remotes) : byToken(remotes, token));
            return 0;
        }

        private RemoteServer known(Remotes remotes) {
            String pin = fingerprint;
            if (pin == null || !pin.matches("[0-9a-fA-F]{64}")) {
                throw new Wrong("The server at " + place + " has to be known by a token, or by --fingerprint with the"
                        + " SHA-256 of its certificate, which lxc info shows there");
            }
            RemoteServer server = server(place, pin.toLowerCase(java.util.Locale.ROOT));
            if (!isTrusted(remotes.client(server, ""))) {
                throw new Wrong(UNTRUSTED + ": ask for a token, lxc config trust add makes one");
            }
            return server;
        }

        private static RemoteServer server(String address, String pin) {
            try {
                return new RemoteServer(address, pin);
            } catch (IllegalArgumentException e) {
                throw new Wrong(String.valueOf(e.getMessage()));
            }
        }

        private static boolean isTrusted(StowageClient client) {
            return client.get("/1.0").get("auth").text().equals("trusted");
        }

        /** At the first of its addresses where that server answers. */
        private RemoteServer byToken(Remotes remotes, Json token) {
            @Nullable Unreachable last = null;
            for (Json address : token.get("addresses").items()) {
                RemoteServer server =
                        server(address.text(), token.get("fingerprint").text());
                try {
                    redeem(remotes.client(server, ""), token);
                    return server;
                } catch (Unreachable e) {
                    last = e;
                }
            }
            throw last == null ? new Wrong("The token names no address of the server") : last;
        }

        private void redeem(StowageClient client, Json token) {
            if (isTrusted(client)) {
                return;
            }
            Json body = Json.of(
                    Map.of("type", "client", "name", token.get("client_name").text(), "trust_token", place));
            try {
                client.run("POST", StowageClient.path("certificates"), body);
            } catch (ApiError e) {
                throw e.status() == 403 ? new Wrong(UNTRUSTED + ": the token was used, revoked, or has expired") : e;
            }
        }

        /** Null if it is no token. */
        private static Json token(String text) {
            try {
                Json token = Json.parse(new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8));
                return token.get("secret").text().isEmpty() ? Json.NULL : token;
            } catch (IllegalArgumentException e) {
                return Json.NULL;
            }
        }
    }

    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = "Forgets a remote; the server's trust in this client is ended there.")
    static final class Remove implements Callable<Integer> {
        @Parameters(paramLabel = "NAME")
        private String name = "";

        @Override
        public Integer call() {
            new Remotes().remove(name);
            return 0;
        }
    }
}
