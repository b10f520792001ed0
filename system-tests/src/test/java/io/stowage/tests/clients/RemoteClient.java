package io.stowage.tests.clients;

import io.stowage.client.Json;
import io.stowage.tests.arena.Ran;
import io.stowage.tests.arena.Server;
import java.nio.file.Path;
import java.util.Map;

/**
 * Somebody elsewhere with a certificate of their own and a token, while the server listens on a port of the loopback
 * interface. Closing it ends both the trust and the listening.
 */
record RemoteClient(Server server, String name, String url, Path certificate, Path key, String token)
        implements AutoCloseable {

    static RemoteClient invite(Server server, Path folder, String name) {
        Path certificate = folder.resolve(name + ".crt");
        Path key = folder.resolve(name + ".key");
        Ran.run(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "ec",
                        "-pkeyopt",
                        "ec_paramgen_curve:secp384r1",
                        "-nodes",
                        "-days",
                        "2",
                        "-subj",
                        "/CN=" + name,
                        "-keyout",
                        key.toString(),
                        "-out",
                        certificate.toString())
                .orFail();
        server.lxc("config", "set", "core.https_address=127.0.0.1:0").orFail();
        String[] lines = server.lxc("config", "trust", "add", "--name", name)
                .orFail()
                .out()
                .strip()
                .split("\n", -1);
        String address = Json.parse(server.lxc("query", "/1.0").orFail().out())
                .get("environment")
                .get("addresses")
                .items()
                .getFirst()
                .text();
        return new RemoteClient(server, name, "https://" + address, certificate, key, lines[lines.length - 1]);
    }

    /** How programs are told of it. */
    Map<String, String> environment() {
        String trusted = server.state().resolve("server.crt").toString();
        return Map.of(
                "STOWAGE_ENDPOINT",
                url,
                "CLIENT_CERT",
                certificate.toString(),
                "CLIENT_KEY",
                key.toString(),
                "VERIFY",
                trusted,
                // Wins over what a program in Python says, where it is set.
                "REQUESTS_CA_BUNDLE",
                trusted,
                "TOKEN",
                token);
    }

    @Override
    public void close() {
        for (Json trusted : Json.parse(server.lxc("config", "trust", "list", "--format", "json")
                        .orFail()
                        .out())
                .items()) {
            if (trusted.get("name").text().equals(name)) {
                server.lxc(
                        "config", "trust", "remove", trusted.get("fingerprint").text());
            }
        }
        server.lxc("config", "trust", "revoke-token", name);
        server.lxc("config", "unset", "core.https_address");
    }
}
