package io.stowage.server.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.engine.Refused;
import io.stowage.engine.Volume;
import io.stowage.engine.VolumeName;
import io.stowage.engine.migration.Answer;
import io.stowage.engine.migration.Kinship;
import io.stowage.engine.migration.MovingSnapshot;
import io.stowage.engine.migration.Offer;
import io.stowage.engine.migration.SourcePeer;
import io.stowage.engine.migration.TargetPeer;
import io.stowage.model.ContentType;
import io.stowage.web.Listener;
import io.stowage.web.Response;
import io.stowage.web.WebServer;
import io.stowage.web.tls.ServerCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** Source and target talk over TLS; either may be the one that waits. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class ConversationTest {
    private static final UUID OPERATION = UUID.randomUUID();
    private static final UUID ORIGIN = UUID.randomUUID();
    private static final Instant DATE = Instant.parse("2026-03-01T10:20:30Z");
    private static final MovingSnapshot S0 =
            new MovingSnapshot("s0", "first", Map.of("size", "64MiB"), DATE, DATE.plusSeconds(3600));
    private static final MovingSnapshot S1 = new MovingSnapshot("s1", "", Map.of(), DATE.plusSeconds(1), null);
    private static final Volume VOLUME = new Volume(
            UUID.randomUUID(),
            VolumeName.of("p", "v"),
            ContentType.BLOCK,
            "d",
            Map.of("size", "64MiB"),
            DATE,
            List.of());

    @TempDir
    private Path folder;

    private final Peers peers = new Peers();
    private final Rendezvous here = new Rendezvous();
    private ServerCertificate certificate;
    private WebServer server;

    @BeforeEach
    void serve() throws IOException {
        certificate = ServerCertificate.ensure(folder, "peer", List.of(InetAddress.ofLiteral("127.0.0.1")), List.of());
        server = WebServer.start(
                "test",
                request -> peers.join(OPERATION, request.query().first("secret").orElse(""))
                        .<Response>map(Response.Upgrade::new)
                        .orElseGet(() -> Response.text(403, "no")),
                List.of(new Listener.Https(
                        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
                        certificate,
                        Listener.TlsPolicy.ASK_CLIENT)));
        peers.expect(OPERATION, here);
    }

    @AfterEach
    void close() {
        here.close();
        server.close();
    }

    private RemoteOperation remote() {
        var url = "https://127.0.0.1:%d/1.0/operations/%s"
                .formatted(server.addresses().getFirst().getPort(), OPERATION);
        return RemoteOperation.of(url, here.secrets(), certificate.pem());
    }

    private static Offer offer() {
        var kin = new Kinship("", 64 << 20, List.of(new Kinship.Relative("s0", ORIGIN, 32 << 20)));
        return new Offer(false, List.of(S0, S1), true, Optional.of(kin));
    }

    private interface Talk<T> {
        T with(T peer) throws Exception;
    }

    private static <T> CompletableFuture<T> aside(T peer, Talk<T> talk) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return talk.with(peer);
                    } catch (RuntimeException e) {
                        throw e;
                    } catch (Exception e) {
                        throw new CompletionException(e);
                    }
                },
                task -> Thread.ofVirtual().start(task));
    }

    @Test
    void everythingArrivesAndTheSourceHearsThatAllIsWell() throws Exception {
        for (boolean sourceWaits : new boolean[] {true, false}) {
            var meeting = new Rendezvous();
            peers.expect(OPERATION, meeting);
            var remote = RemoteOperation.of(
                    "https://127.0.0.1:%d/1.0/operations/%s"
                            .formatted(server.addresses().getFirst().getPort(), OPERATION),
                    meeting.secrets(),
                    certificate.pem());
            var target = sourceWaits ? peers.target(meeting) : peers.target(remote);
            var source = sourceWaits ? peers.source(remote) : peers.source(meeting);
            exchange(target, source);
        }
    }

    private static void exchange(TargetPeer target, SourcePeer source) throws Exception {
        var content = new byte[3 << 20];
        new Random(5).nextBytes(content);
        var sending = aside(target, peer -> {
            peer.connect();
            var answer = peer.offer(VOLUME, offer());
            assertThat(answer).isEqualTo(new Answer(false, true, List.of("s1"), false, new Answer.Way.Blocks("s0")));
            for (int i = 0; i < 2; i++) {
                peer.out().write(content);
                peer.endOut();
                assertThat(peer.in().readAllBytes()).containsExactly(i);
                peer.endIn();
            }
            peer.awaitDone();
            return peer;
        });
        try (source;
                target) {
            var offered = source.offer();
            assertThat(offered.files()).isFalse();
            assertThat(offered.kinship()).isEqualTo(offer().kinship());
            assertThat(offered.snapshots()).extracting(MovingSnapshot::name).containsExactly("s0", "s1");
            assertThat(offered.snapshots())
                    .extracting(MovingSnapshot::createdAt)
                    .containsExactly(DATE, S1.createdAt());
            var wanted = new Answer(false, true, List.of("s1"), true, new Answer.Way.Blocks("s0"));
            assertThat(source.accept(wanted)).containsExactly(S1);
            for (int i = 0; i < 2; i++) {
                assertThat(source.in().readAllBytes()).isEqualTo(content);
                source.endIn();
                source.out().write(i);
                source.endOut();
            }
            source.done();
            sending.join();
        }
    }

    @Test
    void theOtherSideHearsWhyItCameToNothing() {
        try (var target = peers.target(here);
                var source = peers.source(remote())) {
            var sending = aside(target, peer -> {
                peer.connect();
                try {
                    peer.offer(VOLUME, offer());
                    peer.in().readAllBytes();
                } catch (IOException e) {
                    throw peer.explain(new Refused(Refused.Kind.FAILED, "broken", e));
                } catch (Refused e) {
                    throw peer.explain(e);
                }
                return peer;
            });
            source.offer();
            source.accept(new Answer(false, false, List.of(), false, new Answer.Way.Plain()));
            source.fail("No space left\non the array");
            source.close();
            assertThatThrownBy(sending::join)
                    .hasRootCauseMessage("The other server says: No space left on the array")
                    .hasRootCauseInstanceOf(Refused.class);
        }
    }

    @Test
    void aConnectionThatIsGoneEndsWhoeverWaits() {
        var target = peers.target(here);
        var source = peers.source(remote());
        var sending = aside(target, peer -> {
            peer.connect();
            peer.offer(VOLUME, offer());
            return peer;
        });
        source.offer();
        source.close();
        assertThatThrownBy(sending::join).hasMessageContaining("The other server ended the connection");
        target.close();
    }

    @Test
    void whoLooksOnCanEndIt() {
        var ends = new AtomicBoolean();
        try (var target = peers.target(here);
                var source = peers.source(remote())) {
            target.heed(() -> {
                if (ends.get()) {
                    throw new Refused(Refused.Kind.CANCELLED, "enough");
                }
            });
            var sending = aside(target, peer -> {
                peer.connect();
                try {
                    peer.offer(VOLUME, offer());
                } catch (Refused e) {
                    throw peer.explain(e);
                }
                return peer;
            });
            source.offer();
            ends.set(true);
            assertThatThrownBy(sending::join).hasRootCauseMessage("enough");
        }
    }

    @Test
    void filesAreNoBlocks() {
        try (var target = peers.target(here);
                var source = peers.source(remote())) {
            var sending = aside(target, peer -> {
                peer.connect();
                peer.offer(VOLUME, offer());
                return peer;
            });
            source.offer();
            var wrong = new Answer(true, false, List.of(), false, new Answer.Way.Plain());
            assertThatThrownBy(() -> source.accept(wrong))
                    .hasMessage(
                            "No matching migration types found. Offered types: [BLOCK_AND_RSYNC], our types: [RSYNC]");
            source.close();
            assertThatThrownBy(sending::join).isInstanceOf(CompletionException.class);
        }
    }

    @Test
    void aSecretOpensOneConnectionAndNothingElseDoes() {
        var control = here.secrets().getOrDefault("control", "");
        var content = here.secrets().getOrDefault("fs", "");
        assertThat(control).hasSize(64).isNotEqualTo(content);
        assertThat(peers.join(OPERATION, "")).isEmpty();
        assertThat(peers.join(OPERATION, control.substring(1))).isEmpty();
        assertThat(peers.join(UUID.randomUUID(), control)).isEmpty();
        assertThat(peers.join(OPERATION, control)).isPresent();
        assertThat(peers.join(OPERATION, control)).isEmpty();
        here.close();
        assertThat(peers.has(OPERATION)).isFalse();
        assertThat(peers.join(OPERATION, content)).isEmpty();
    }

    @Test
    void anAddressThatCannotBeIsRefusedAndSecretsStayUntold() {
        var secrets = Map.of("control", "hush", "fs", "hush");
        for (var url : List.of(
                "",
                "http://a/1.0/operations/" + OPERATION,
                "https://a/1.0/x/" + OPERATION,
                "https://a b/1.0/operations/1")) {
            assertThatThrownBy(() -> RemoteOperation.of(url, secrets, ""))
                    .isInstanceOf(Refused.class)
                    .hasMessageStartingWith("Invalid operation");
        }
        var url = "https://127.0.0.1:1/1.0/operations/" + OPERATION;
        assertThatThrownBy(() -> RemoteOperation.of(url, Map.of("control", "hush"), ""))
                .hasMessage("Missing migration secret \"fs\"");
        assertThatThrownBy(() -> RemoteOperation.of(url, secrets, "no certificate"))
                .hasMessageStartingWith("Invalid migration source or target");
        assertThat(RemoteOperation.of(url, secrets, "").toString()).doesNotContain("hush");
        try (var nobody = peers.source(RemoteOperation.of(url, secrets, certificate.pem()))) {
            assertThatThrownBy(nobody::offer)
                    .hasMessageContaining("127.0.0.1:1")
                    .hasMessageNotContaining("hush");
        }
    }
}
