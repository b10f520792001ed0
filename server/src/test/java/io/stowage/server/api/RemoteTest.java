package io.stowage.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.server.stub.Answer;
import io.stowage.server.stub.RemoteClient;
import io.stowage.server.stub.TestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** Tests with clients elsewhere, over real TLS connections. */
@Timeout(value = 180, threadMode = ThreadMode.SEPARATE_THREAD)
abstract class RemoteTest {
    @TempDir
    private Path folder;

    @TempDir
    private Path clients;

    protected TestServer server;
    protected String address;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.withPool(folder);
        address = server.listen().addresses().getFirst();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    protected RemoteClient client(String name) throws Exception {
        return RemoteClient.named(name, clients, address);
    }

    /** A client that an administrator made trusted. */
    protected RemoteClient trusted(String name, String more) throws Exception {
        var client = client(name);
        var added = server.send(
                "POST",
                "/1.0/certificates",
                "{\"name\":\"%s\",\"type\":\"client\",\"certificate\":\"%s\"%s}"
                        .formatted(name, client.base64(), more));
        assertThat(added.status()).isEqualTo(201);
        assertThat(added.headers()).containsEntry("location", "/1.0/certificates/" + client.fingerprint());
        return client;
    }

    protected static void assertRefused(Answer answer) {
        assertRefused("", answer);
    }

    protected static void assertRefused(String request, Answer answer) {
        assertThat(answer.status()).as(request).isEqualTo(403);
        assertThat(answer.error()).as(request).isEqualTo("not authorized");
        assertThat(answer.metadata().isNull()).as(request).isTrue();
    }
}
