package io.stowage.driver.pure;

import static io.stowage.driver.pure.ScriptedArray.error;
import static io.stowage.driver.pure.ScriptedArray.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.driver.ArrayLacks;
import io.stowage.driver.ArrayUnauthorized;
import io.stowage.driver.ArrayUnreachable;
import io.stowage.driver.ArrayUntrusted;
import io.stowage.driver.Records;
import io.stowage.model.ByteSize;
import io.stowage.web.Response;
import io.stowage.web.tls.ServerCertificate;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Address, trust, version, login and session. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SessionTest {
    private static final String ARRAY = "{\"items\":[{\"name\":\"a1\",\"version\":\"6.4.10\",\"capacity\":1}]}";

    @TempDir
    Path folder;

    @Test
    void speaksTheHighestVersionThatBothHave() throws Exception {
        try (var server = new ScriptedArray(folder, _ -> json(ARRAY));
                var array = server.open()) {
            var facts = array.facts();
            assertThat(facts.api()).isEqualTo("2.26");
            assertThat(facts.name()).isEqualTo("a1");
            assertThat(server.requests).containsExactly("GET /api/2.26/arrays");
        }
    }

    @Test
    void comparesVersionsAsNumbers() throws Exception {
        try (var server = new ScriptedArray(folder, _ -> json(ARRAY));
                var array = server.open()) {
            server.versions = "[\"2.9\", \"2.22\", \"2.3\"]";
            assertThat(array.facts().api()).isEqualTo("2.22");
        }
    }

    @Test
    void anArrayThatIsTooOldIsNamedAsSuch() throws Exception {
        try (var server = new ScriptedArray(folder, _ -> json(ARRAY));
                var array = server.open()) {
            server.versions = "[\"1.19\", \"2.2\", \"2.20\"]";
            assertThatThrownBy(array::facts)
                    .isInstanceOf(ArrayLacks.class)
                    .hasMessageContaining("2.20")
                    .hasMessageContaining("2.21");
        }
    }

    @Test
    void quotasNeedALaterVersion() throws Exception {
        try (var server = new ScriptedArray(folder, _ -> json("{\"items\":[]}"));
                var array = server.open()) {
            server.versions = "[\"2.21\", \"2.22\"]";
            assertThatThrownBy(() -> array.createPool(
                            Optional.of(ByteSize.ofGiB(1)), UUID.randomUUID().toString(), Records.ofPool()))
                    .isInstanceOf(ArrayLacks.class)
                    .hasMessageContaining("\"size\"")
                    .hasMessageContaining("2.23");
            assertThat(server.requests).isEmpty();
        }
    }

    @Test
    void aWrongTokenIsSaidInTheArraysWordsWithoutTheToken() throws Exception {
        try (var server = new ScriptedArray(folder, _ -> json(ARRAY));
                var array = server.open(Map.of(PureKeys.TOKEN, "wrong-token"))) {
            assertThatThrownBy(array::facts)
                    .isInstanceOf(ArrayUnauthorized.class)
                    .hasMessageContaining("Invalid credentials.")
                    .hasMessageContaining("pure.api.token")
                    .hasMessageNotContaining("wrong-token");
        }
    }

    @Test
    void logsInAgainWhenTheArrayHasForgottenTheSession() throws Exception {
        try (var server = new ScriptedArray(
                        folder,
                        request -> request.header("x-auth-token").orElse("").equals("session-1")
                                ? error(401, "Invalid session.")
                                : json(ARRAY));
                var array = server.open()) {
            assertThat(array.facts().name()).isEqualTo("a1");
            assertThat(array.facts().name()).isEqualTo("a1");
            assertThat(server.logins()).isEqualTo(2);
            assertThat(server.requests).hasSize(3);
        }
    }

    @Test
    void givesUpWhenAFreshSessionIsRefusedToo() throws Exception {
        try (var server = new ScriptedArray(folder, _ -> error(401, "Invalid session."));
                var array = server.open()) {
            assertThatThrownBy(array::facts)
                    .isInstanceOf(ArrayUnauthorized.class)
                    .hasMessageContaining("Invalid session.");
            assertThat(server.logins()).isEqualTo(2);
        }
    }

    @Test
    void manyThreadsLogInOnce() throws Exception {
        try (var server = new ScriptedArray(folder, _ -> json(ARRAY));
                var array = server.open();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<String> look = () -> array.facts().name();
            var answers =
                    threads.invokeAll(IntStream.range(0, 20).mapToObj(_ -> look).toList());
            assertThat(answers).allSatisfy(answer -> assertThat(answer.state()).isEqualTo(Future.State.SUCCESS));
            assertThat(server.logins()).isEqualTo(1);
        }
    }

    @Test
    void logsOutAtTheEnd() throws Exception {
        try (var server = new ScriptedArray(
                folder, request -> request.rawPath().endsWith("/logout") ? Response.empty(200) : json(ARRAY))) {
            try (var array = server.open()) {
                array.facts();
            }
            assertThat(server.requests).endsWith("POST /api/2.26/logout");
        }
    }

    @Test
    void closingDisturbsNoCallUnderWay() throws Exception {
        var arrived = new CountDownLatch(1);
        var closed = new CountDownLatch(1);
        try (var server = new ScriptedArray(folder, request -> {
                    if (request.rawPath().endsWith("/logout")) return Response.empty(200);
                    arrived.countDown();
                    closed.await();
                    return json(ARRAY);
                });
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var array = server.open();
            var facts = threads.submit(array::facts);
            arrived.await();
            array.close();
            closed.countDown();
            assertThat(facts.get().name()).isEqualTo("a1");
            assertThat(array.facts().name()).isEqualTo("a1"); // a later call begins anew
            assertThat(server.logins()).isEqualTo(2);
            array.close();
        }
    }

    @Test
    void aMissingRoleIsSaidInTheArraysWords() throws Exception {
        try (var server = new ScriptedArray(folder, _ -> error(403, "Operation not permitted."));
                var array = server.open()) {
            assertThatThrownBy(array::facts)
                    .isInstanceOf(ArrayUnauthorized.class)
                    .hasMessageContaining("Operation not permitted.");
        }
    }

    @Test
    void aCertificateThatDoesNotVerifyIsNoReasonToGoOn() throws Exception {
        try (var server = new ScriptedArray(folder, _ -> json(ARRAY));
                var array = server.open(Map.of(PureKeys.ARRAY.certificates(), ""))) {
            assertThatThrownBy(array::facts).isInstanceOf(ArrayUntrusted.class).hasMessageContaining("pure.gateway.ca");
            assertThat(server.logins()).isZero();
        }
    }

    @Test
    void theNameInTheCertificateIsChecked() throws Exception {
        var other = Files.createDirectory(folder.resolve("other"));
        var pem = ServerCertificate.ensure(other, "array", List.of(InetAddress.getByName("192.0.2.1")), List.of())
                .pem();
        try (var server = new ScriptedArray(folder, _ -> json(ARRAY));
                var array = server.open(Map.of(PureKeys.ARRAY.certificates(), pem))) {
            assertThatThrownBy(array::facts).isInstanceOf(ArrayUntrusted.class);
        }
    }

    @Test
    void verificationCanBeSwitchedOff() throws Exception {
        try (var server = new ScriptedArray(folder, _ -> json(ARRAY));
                var array = server.open(Map.of(PureKeys.ARRAY.certificates(), "", PureKeys.ARRAY.verify(), "false"))) {
            assertThat(array.facts().name()).isEqualTo("a1");
        }
    }

    @Test
    void anAddressWhereNobodyListensIsUnreachable() throws Exception {
        try (var server = new ScriptedArray(folder, _ -> json(ARRAY));
                var reserved = new Socket()) {
            reserved.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)); // bound, and not listening
            var address = "https://127.0.0.1:" + reserved.getLocalPort();
            try (var array = server.open(Map.of(PureKeys.ARRAY.gateway(), address))) {
                assertThatThrownBy(array::facts)
                        .isInstanceOf(ArrayUnreachable.class)
                        .hasMessageContaining(address);
            }
        }
    }

    @Test
    void whatIsNoFlashArrayIsSaidToBeNone() throws Exception {
        try (var server = new ScriptedArray(folder, _ -> json(ARRAY));
                var array = server.open()) {
            server.versions = "7";
            assertThatThrownBy(array::facts)
                    .isInstanceOf(ArrayUnreachable.class)
                    .hasMessageContaining("no FlashArray");
        }
    }
}
