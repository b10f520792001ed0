package io.stowage.array.iscsi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.iscsi.login.KeyText;
import io.stowage.iscsi.login.KeyValue;
import io.stowage.iscsi.login.LoginFailure;
import io.stowage.iscsi.login.Preferences;
import io.stowage.iscsi.pdu.AsyncMessage;
import io.stowage.iscsi.pdu.LoginStatus;
import io.stowage.iscsi.pdu.LogoutRequest;
import io.stowage.iscsi.pdu.LogoutResponse;
import io.stowage.iscsi.pdu.NopIn;
import io.stowage.iscsi.pdu.NopOut;
import io.stowage.iscsi.pdu.Pdu;
import io.stowage.iscsi.scsi.Cdb;
import io.stowage.iscsi.scsi.Sense;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions: begun, reinstated, limited, silent, ended. */
class SessionsTest extends TargetTest {
    /** The fence: a write that still sits in the array must not land after the initiator has come back. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSessionIsReinstatedOnlyWhenTheOldTasksAreQuiet(boolean throughCache) throws Exception {
        TestInitiator old = login(HOST, 9);
        unit.closeGate();
        old.startOut(1, new Cdb.Write(0, 1, throughCache), filled(512, 'a'), 512);
        unit.awaitInside();
        CompletableFuture<Integer> stillInside = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        TestInitiator again = login(HOST, 9);
                        int inside = unit.inside();
                        assertThat(again.in(1, new Cdb.TestUnitReady(), 0).sense())
                                .as("it hears that the old nexus was lost")
                                .isEqualTo(Sense.NEXUS_LOSS);
                        assertThat(again.out(1, new Cdb.Write(0, 1, false), filled(512, 'b'))
                                        .isGood())
                                .isTrue();
                        return inside;
                    } catch (IOException | LoginFailure e) {
                        throw new IllegalStateException(e);
                    }
                },
                work -> Thread.ofPlatform().daemon().start(work)); // not the common pool: it may have one thread only
        assertThatThrownBy(() -> {
                    while (true) {
                        old.receive();
                    }
                })
                .as("the old connection ends as soon as the new one is known")
                .isInstanceOf(IOException.class);
        assertThat(stillInside).isNotDone();
        unit.openGate();
        assertThat(stillInside.get()).isZero();
        assertThat(login(HOST, 10).in(1, new Cdb.Read(0, 1), 512).data()).isEqualTo(filled(512, 'b'));
    }

    @Test
    void aSessionThatIsNeverQuietLetsTheLoginFail() throws Exception {
        target.close();
        target = start(patience(Duration.ofSeconds(60), Duration.ofMillis(1), Duration.ofSeconds(5)));
        TestInitiator old = login(HOST, 9);
        unit.closeGate();
        old.startOut(1, new Cdb.Write(0, 1, false), filled(512, 'a'), 512);
        unit.awaitInside();
        assertThatThrownBy(() -> login(HOST, 9))
                .isInstanceOfSatisfying(
                        LoginFailure.class, e -> assertThat(e.status()).isEqualTo(LoginStatus.SERVICE_UNAVAILABLE));
    }

    @Test
    void sessionsOfOtherIsidsPortalsAndInitiatorsLiveSideBySide() throws Exception {
        List<TestInitiator> all = List.of(
                login(HOST, 1),
                login(HOST, 2),
                login(OTHER, 1),
                remember(TestInitiator.login(target.addresses().get(1), HOST, IQN, 1, Preferences.DEFAULT)));
        for (TestInitiator each : all) {
            assertThat(luns(each)).hasSize(1);
        }
    }

    @Test
    void logoutEndsTheSessionInPeace() throws Exception {
        TestInitiator host = login(HOST, 1);
        host.send(new LogoutRequest(true, LogoutRequest.CLOSE_SESSION, 5, 0, 1, 1), NOTHING);
        assertThat(host.receive().pdu())
                .isInstanceOfSatisfying(
                        LogoutResponse.class,
                        response -> assertThat(response.response()).isEqualTo(LogoutResponse.CLOSED));
        assertThatThrownBy(host::receive).isInstanceOf(IOException.class);
    }

    @Test
    void whoNeverLogsInIsClosed() throws Exception {
        target.close();
        target = start(patience(Duration.ofMillis(1), Duration.ofSeconds(60), Duration.ofSeconds(5)));
        assertThatThrownBy(connect()::receive).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @CsvSource({"1,9", "9,1"})
    void connectionsBeyondTheLimitAreRefused(int connections, int throughPortal) throws Exception {
        target.close();
        target = start(FAST.with(new Limits.Crowd(connections, throughPortal, 9)));
        TestInitiator first = login(HOST, 1);
        assertThatThrownBy(() -> login(HOST, 2))
                .isInstanceOfSatisfying(
                        LoginFailure.class, e -> assertThat(e.status()).isEqualTo(LoginStatus.OUT_OF_RESOURCES));
        assertThat(luns(first)).containsExactly(1);
    }

    @Test
    void onlySoManyMayHesitateAtTheDoor() throws Exception {
        target.close();
        target = start(FAST.with(new Limits.Crowd(9, 9, 2)));
        TestInitiator first = login(HOST, 1);
        TestInitiator hesitating = connect();
        connect();
        assertThatThrownBy(connect()::receive).isInstanceOf(IOException.class);
        hesitating.close();
        assertThat(luns(first)).containsExactly(1);
    }

    @Test
    void aSilentInitiatorIsAskedWithoutDataOrANumber() throws Exception {
        target.close();
        target = start(patience(Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(2)));
        TestInitiator host = login(HOST, 1);
        TestInitiator.Received asked = host.receiveAny();
        assertThat(asked.data().remaining())
                .as("Linux drops the session over data")
                .isZero();
        NopIn ping = (NopIn) asked.pdu();
        assertThat(ping.taskTag()).isEqualTo(Pdu.RESERVED_TAG);
        assertThat(ping.transferTag()).isNotEqualTo(Pdu.RESERVED_TAG);
        assertThat(ping.counters().statSn()).isEqualTo(host.statSn() + 1);
        host.send(new NopOut(true, 0, Pdu.RESERVED_TAG, ping.transferTag(), 1, 1), NOTHING);
        assertThat(luns(host)).as("the answer itself is not answered").containsExactly(1);
    }

    @Test
    void anInitiatorThatDoesNotAnswerLosesItsSession() throws Exception {
        target.close();
        target = start(patience(Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofMillis(5)));
        TestInitiator host = login(HOST, 1);
        assertThatThrownBy(() -> {
                    while (true) {
                        assertThat(host.receiveAny().pdu()).isInstanceOf(NopIn.class);
                    }
                })
                .isInstanceOf(IOException.class);
        while (!target.now().isEmpty()) {
            Thread.sleep(1);
        }
    }

    /** Its responses fill the socket's buffers; nobody else is held up. */
    @Test
    void anInitiatorThatTakesNothingLosesItsSession() throws Exception {
        target.close();
        target = start(patience(Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofMillis(20)));
        TestInitiator greedy = login(HOST, 1);
        assertThatThrownBy(() -> {
                    while (true) {
                        greedy.send(greedy.command(1, new Cdb.Read(0, 2048), true, true, false, 1 << 20), NOTHING);
                    }
                })
                .isInstanceOf(IOException.class);
        while (!target.now().isEmpty()) {
            Thread.sleep(1);
        }
    }

    @Test
    void whoGoesOutOfServiceAsksForALogoutFirst() throws Exception {
        target.close();
        target = start(PATIENT);
        InetSocketAddress leaving = target.addresses().get(0);
        InetSocketAddress staying = target.addresses().get(1);
        TestInitiator host = login(HOST, 1);
        assertThat(luns(host)).as("served, not only logged in").containsExactly(1);
        TestInitiator elsewhere = remember(TestInitiator.login(staying, HOST, IQN, 1, Preferences.DEFAULT));
        Thread out = Thread.ofPlatform().daemon().start(() -> target.takeOutOfService(leaving));
        assertThat(host.receive().pdu())
                .isInstanceOfSatisfying(
                        AsyncMessage.class,
                        message -> assertThat(message.event()).isEqualTo(AsyncMessage.LOGOUT_REQUESTED));
        host.send(new LogoutRequest(true, LogoutRequest.CLOSE_SESSION, 5, 0, 1, 1), NOTHING);
        assertThat(host.receive().pdu()).isInstanceOf(LogoutResponse.class);
        out.join();

        assertThat(target.isInService(leaving)).isFalse();
        assertThatThrownBy(() -> login(HOST, 1)).isInstanceOf(IOException.class);
        assertThat(luns(elsewhere)).containsExactly(1);
        assertThat(KeyText.parse(elsewhere.text("SendTargets=All")))
                .extracting(KeyValue::toString)
                .containsExactly("TargetName=" + IQN, "TargetAddress=127.0.0.1:" + staying.getPort() + ",2");

        target.putIntoService(leaving);
        assertThat(luns(login(HOST, 1))).containsExactly(1);
    }

    @Test
    void whoIgnoresTheRequestIsThrownOut() throws Exception {
        TestInitiator host = login(HOST, 1);
        assertThat(luns(host)).as("served, not only logged in").containsExactly(1);
        target.takeOutOfService(target.addresses().getFirst());
        assertEnds(host);
    }

    @Test
    void closingEndsSessionsAndLetsGoOfTheUnits() throws Exception {
        TestInitiator host = login(HOST, 1);
        assertThat(luns(host)).as("served, not only logged in").containsExactly(1);
        target.close();
        assertEnds(host);
        assertThat(units.watchers()).isZero();
        assertThatThrownBy(() -> login(HOST, 1)).isInstanceOf(IOException.class);
    }

    private static Limits patience(Duration login, Duration reinstatement, Duration heartbeat) {
        return FAST.with(new Limits.Patience(login, reinstatement, heartbeat, Duration.ofMillis(100)));
    }

    /** A request for a logout may come before: with no time for a farewell the end may overtake it. */
    private static void assertEnds(TestInitiator host) {
        assertThatThrownBy(() -> {
                    while (true) {
                        assertThat(host.receive().pdu()).isInstanceOf(AsyncMessage.class);
                    }
                })
                .isInstanceOf(IOException.class);
    }
}
