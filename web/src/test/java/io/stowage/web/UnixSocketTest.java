package io.stowage.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class UnixSocketTest {
    @TempDir
    private Path folder;

    private final List<WebServer> servers = new ArrayList<>();

    @AfterEach
    void close() {
        servers.forEach(WebServer::close);
    }

    @Test
    void aRequestArrivesAsItWasSent() throws Exception {
        var socket = serve(request -> Response.text(
                200, request.method() + " " + request.rawPath() + " " + request.segments() + request.query()));

        var answer = RawUnixClient.get(socket, "/1.0/a%2Fb//../c+d?x=1&y=a%20b");

        assertThat(answer).startsWith("HTTP/1.1 200 ").contains("GET /1.0/a%2Fb//../c+d [1.0, a/b, , .., c+d]");
        assertThat(answer).contains("x=[1]").contains("y=[a b]");
    }

    @Test
    void theKernelSaysWhoThePeerIs() throws Exception {
        var socket = serve(request -> Response.text(200, request.peer().toString()));

        var user = Files.getOwner(folder).getName();
        assertThat(RawUnixClient.get(socket, "/")).contains("Local[user=" + user);
    }

    @Test
    void modeAndGroupAreSetAndNothingElseIsLeft() throws Exception {
        var group =
                Files.readAttributes(folder, PosixFileAttributes.class).group().getName();
        var socket = folder.resolve("unix.socket");
        start(new Listener.UnixSocket(socket, 0660, Optional.of(group)), _ -> Response.empty(200));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                .isEqualTo("rw-rw----");
        try (var entries = Files.list(folder)) {
            assertThat(entries).containsExactly(socket);
        }
    }

    @Test
    void anUnknownGroupIsOneSentenceAndLeavesNothing() {
        var socket = folder.resolve("unix.socket");
        assertThatThrownBy(() -> start(
                        new Listener.UnixSocket(socket, 0660, Optional.of("no-such-group")), _ -> Response.empty(200)))
                .isInstanceOf(IOException.class)
                .hasMessage("The group \"no-such-group\" for the socket does not exist on this machine");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aStaleSocketIsReplacedAndRemovedAtTheEnd() throws Exception {
        Files.createFile(folder.resolve("unix.socket"));
        var socket = serve(_ -> Response.text(200, "here"));
        assertThat(RawUnixClient.get(socket, "/")).endsWith("here");

        servers.removeFirst().close();

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aBodyBeyondTheLimitIsRefused() throws Exception {
        var socket = serve(request -> Response.text(200, "read " + request.body(10).length));
        assertThat(post(socket, "0123456789")).contains(" 200 ").endsWith("read 10");
        assertThat(post(socket, "0123456789a")).contains(" 413 ").contains("limit of 10 bytes");
    }

    /** However long it is, and whether its length is announced or not; 100 (Continue) only for what is wanted. */
    @Test
    void whoSendsTooMuchIsToldSo() throws Exception {
        var limit = 1 << 20;
        var socket = serve(request -> Response.text(200, "read " + request.body(limit).length));
        for (int length : new int[] {limit + 1, 3 << 20, 9 << 20, 30 << 20}) {
            for (var head : List.of("Content-Length: " + length, "Transfer-Encoding: chunked")) {
                try (var client = new RawUnixClient(socket)) {
                    client.send("POST / HTTP/1.1\r\nHost: x\r\n%s\r\n\r\n".formatted(head));
                    var chunked = head.endsWith("chunked");
                    if (chunked) {
                        client.send("%x\r\n".formatted(length));
                    }
                    client.send(new byte[length]);
                    client.send(chunked ? "\r\n0\r\n\r\n" : "");
                    assertThat(client.readThrough("bytes\n"))
                            .as("%d, %s", length, head)
                            .startsWith("HTTP/1.1 413 ");
                }
            }
        }
        try (var client = new RawUnixClient(socket)) {
            client.send("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 9000000\r\n\r\n");
            assertThat(client.readThrough("bytes\n")).startsWith("HTTP/1.1 413 ");
        }
        try (var client = new RawUnixClient(socket)) {
            client.send("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
            assertThat(client.readThrough("\r\n\r\n")).startsWith("HTTP/1.1 100 ");
            client.send("{}");
            assertThat(client.readThrough("read 2")).startsWith("HTTP/1.1 200 ");
        }
    }

    /** Its connection would be cut while it still sends, and the answer with it. */
    @Test
    void whoStillSendsWhatNobodyWantsIsAnsweredAllTheSame() throws Exception {
        var answered = new CountDownLatch(1);
        var socket = serve(_ -> {
            answered.countDown();
            return Response.text(404, "not here");
        });
        for (int length : new int[] {2, 3 << 20}) {
            try (var client = new RawUnixClient(socket)) {
                client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n".formatted(length));
                awaitIn(answered);
                client.send(new byte[length]);
                assertThat(client.readThrough("not here")).startsWith("HTTP/1.1 404 ");
                client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
                assertThat(client.readThrough("not here")).startsWith("HTTP/1.1 404 ");
            }
        }
    }

    @Test
    void aHandlersFailureIsA500WithoutItsMessage() throws Exception {
        var socket = serve(_ -> {
            throw new IllegalStateException("secret");
        });
        assertThat(RawUnixClient.get(socket, "/")).contains(" 500 ").doesNotContain("secret");
    }

    @Test
    void handlersRunOnVirtualThreads() throws Exception {
        var socket = serve(_ -> Response.text(200, "" + Thread.currentThread().isVirtual()));
        assertThat(RawUnixClient.get(socket, "/")).endsWith("true");
    }

    @Test
    void closingNeitherWaitsForHandlersNorInterruptsThem() throws Exception {
        var entered = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var undisturbed = new CompletableFuture<Boolean>();
        var socket = serve(_ -> {
            entered.countDown();
            go.await();
            undisturbed.complete(!Thread.interrupted());
            return Response.empty(200);
        });
        try (var client = new RawUnixClient(socket)) {
            client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();
            servers.removeFirst().close();
            go.countDown();
            assertThat(undisturbed.get(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void badlyEncodedTargetsAreRefused() throws Exception {
        var socket = serve(_ -> Response.empty(200));
        assertThat(RawUnixClient.get(socket, "/?a=%zz")).startsWith("HTTP/1.1 400 ");
    }

    /** As pylxd has it (ws4py, {@code Host: localhost:None}). */
    @Test
    void hostsThatAreNoneAreTaken() throws Exception {
        var socket = serve(_ -> Response.empty(200));
        try (var client = new RawUnixClient(socket)) {
            client.send("GET / HTTP/1.1\r\nHost: localhost:None\r\nConnection: close\r\n\r\n");
            assertThat(client.readThrough("\r\n\r\n")).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void aDroppedRequestGetsNoAnswer() throws Exception {
        var socket = serve(_ -> new Response.Dropped());
        assertThat(RawUnixClient.get(socket, "/")).isEmpty();
    }

    @Test
    void aStreamCanSendItsBeginningBeforeItsEndIsKnown() throws Exception {
        var go = new CountDownLatch(1);
        var socket = serve(_ -> new Response.Streamed(200, java.util.Map.of(), out -> {
            out.flush();
            awaitIn(go);
            out.write("late".getBytes(StandardCharsets.UTF_8));
        }));
        try (var client = new RawUnixClient(socket)) {
            client.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            assertThat(client.readThrough("\r\n\r\n")).startsWith("HTTP/1.1 200 ");
            go.countDown();
            assertThat(client.rest()).contains("late");
        }
    }

    @Test
    void aFailingStreamIsNotMistakenForAWholeOne() throws Exception {
        var socket = serve(_ -> new Response.Streamed(200, java.util.Map.of(), out -> {
            out.write('x');
            out.flush();
            throw new IOException("disk broken");
        }));
        assertThat(RawUnixClient.get(socket, "/")).doesNotContain("\r\n0\r\n");
    }

    private Path serve(Handler handler) throws IOException {
        var socket = folder.resolve("unix.socket");
        start(new Listener.UnixSocket(socket, 0600, Optional.empty()), handler);
        return socket;
    }

    private void start(Listener listener, Handler handler) throws IOException {
        servers.add(WebServer.start("test", handler, List.of(listener)));
    }

    private static String post(Path socket, String body) throws IOException {
        try (var client = new RawUnixClient(socket)) {
            client.send("POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "%x\r\n%s\r\n0\r\n\r\n".formatted(body.length(), body));
            return client.rest();
        }
    }

    private static void awaitIn(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IOException("nobody let go");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
