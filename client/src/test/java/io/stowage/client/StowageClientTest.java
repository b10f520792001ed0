package io.stowage.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StowageClientTest {
    @TempDir
    Path folder;

    private final List<String> asked = new CopyOnWriteArrayList<>();

    private static String sync(String metadata) {
        return "{\"type\":\"sync\",\"status\":\"Success\",\"status_code\":200,\"metadata\":" + metadata + "}";
    }

    private static String plain(int status, String body) {
        return "HTTP/1.1 " + status + " X\r\nETag: abc\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    /** Answers each request with the next of the given texts. */
    private StowageClient answering(String... answers) throws Exception {
        Path socket = folder.resolve("s");
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofVirtual().start(() -> {
            try (server) {
                for (String answer : answers) {
                    try (SocketChannel peer = server.accept()) {
                        ByteBuffer request = ByteBuffer.allocate(1 << 16);
                        peer.read(request);
                        asked.add(new String(request.array(), 0, request.position(), StandardCharsets.UTF_8));
                        peer.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)));
                    }
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        return new StowageClient(socket);
    }

    @Test
    void anAnswerComesWithItsTag() throws Exception {
        StowageClient.Tagged pool =
                answering(plain(200, sync("{\"name\":\"p\"}"))).tagged("/1.0/storage-pools/p");
        assertThat(pool.value().get("name").text()).isEqualTo("p");
        assertThat(pool.etag()).isEqualTo("abc");
    }

    @Test
    void everyRequestNamesTheProject() throws Exception {
        answering(plain(200, sync("[]")), plain(200, sync("[]")));
        StowageClient client = new StowageClient(folder.resolve("s"), "a b");
        client.get("/1.0/storage-volumes");
        client.get("/1.0/storage-volumes?recursion=1");
        assertThat(asked)
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("GET /1.0/storage-volumes?project=a%20b HTTP/1.1\r\n"),
                        second -> assertThat(second)
                                .startsWith("GET /1.0/storage-volumes?recursion=1&project=a%20b HTTP/1.1\r\n"));
    }

    @Test
    void chunkedAnswersAreJoined() throws Exception {
        String body = sync("[1,2]");
        String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n" + body.substring(0, 5) + "\r\n"
                + Integer.toHexString(body.length() - 5) + "\r\n" + body.substring(5) + "\r\n0\r\n\r\n";
        assertThat(answering(chunked).get("/1.0").items()).hasSize(2);
    }

    @Test
    void aRefusalKeepsStatusAndSentence() throws Exception {
        StowageClient client =
                answering(plain(404, "{\"type\":\"error\",\"error_code\":404,\"error\":\"Storage pool not found\"}"));
        assertThatThrownBy(() -> client.get("/1.0/storage-pools/x"))
                .isInstanceOfSatisfying(
                        ApiError.class, e -> assertThat(e.status()).isEqualTo(404))
                .hasMessage("Storage pool not found");
    }

    @Test
    void anOperationIsFollowedToItsEnd() throws Exception {
        StowageClient client = answering(
                plain(202, "{\"type\":\"async\",\"metadata\":{\"id\":\"o\"}}"),
                plain(200, sync("{\"status_code\":103,\"metadata\":{\"copy_progress\":\"40%\"}}")),
                plain(200, sync("{\"status_code\":200,\"metadata\":{\"id\":\"x\"}}")));
        List<String> heard = new ArrayList<>();
        assertThat(client.run("POST", "/1.0/x", Json.NULL, heard::add).get("id").text())
                .isEqualTo("x");
        assertThat(heard).containsExactly("40%");
    }

    @Test
    void aFailedOperationIsARefusal() throws Exception {
        StowageClient client = answering(
                plain(202, "{\"type\":\"async\",\"metadata\":{\"id\":\"o\"}}"),
                plain(200, sync("{\"status_code\":400,\"err\":\"array is full\",\"err_code\":507}")));
        assertThatThrownBy(() -> client.run("POST", "/1.0/x", null))
                .isInstanceOfSatisfying(
                        ApiError.class, e -> assertThat(e.status()).isEqualTo(507))
                .hasMessage("array is full");
    }

    @Test
    void aBrokenAnswerAndNoServerAreSaidSo() throws Exception {
        StowageClient cut = answering("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{");
        assertThatThrownBy(() -> cut.get("/1.0")).hasMessageContaining("the answer ended early");
        StowageClient nobody = new StowageClient(folder.resolve("none"));
        assertThatThrownBy(() -> nobody.get("/1.0"))
                .isInstanceOf(Unreachable.class)
                .hasMessageStartingWith("no server answers on " + folder.resolve("none"));
    }

    @Test
    void segmentsAreEncoded() {
        assertThat(StowageClient.path("storage-pools", "a b/ä")).isEqualTo("/1.0/storage-pools/a%20b%2F%C3%A4");
    }
}
