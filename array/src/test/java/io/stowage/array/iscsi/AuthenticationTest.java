package io.stowage.array.iscsi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stowage.array.core.ChapCredentials;
import io.stowage.iscsi.login.ChapAlgorithm;
import io.stowage.iscsi.login.ChapSecret;
import io.stowage.iscsi.login.ChapSecrets;
import io.stowage.iscsi.login.InitiatorChap;
import io.stowage.iscsi.login.InitiatorIdentity;
import io.stowage.iscsi.login.KeyText;
import io.stowage.iscsi.login.LoginFailure;
import io.stowage.iscsi.login.Preferences;
import io.stowage.iscsi.login.SessionType;
import io.stowage.iscsi.pdu.Isid;
import io.stowage.iscsi.pdu.LoginStatus;
import io.stowage.iscsi.scsi.Cdb;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** CHAP through a socket: with our initiator, and with libiscsi. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class AuthenticationTest {
    private static final String IQN = "iqn.2010-06.com.purestorage:flasharray.test";
    private static final String HOST = "iqn.2026-11.io.stowage:host";
    private static final String OPEN = "iqn.2026-11.io.stowage:open";
    private static final ChapSecret HOSTS = new ChapSecret("host", "secretofhost1");
    private static final ChapSecret ARRAYS = new ChapSecret("array", "secretofarray1");

    @TempDir
    Path folder;

    private final TestUnits units = new TestUnits();
    private final List<TestInitiator> initiators = new ArrayList<>();
    private FileUnit unit;
    private IscsiTarget target;

    @BeforeEach
    void start() throws IOException {
        unit = new FileUnit(folder.resolve("unit"), 16L << 20, 1);
        units.connect(HOST, 1, unit);
        units.connect(OPEN, 1, unit);
        units.require(
                HOST,
                new ChapCredentials(
                        new ChapCredentials.Secret(HOSTS.user(), HOSTS.password()),
                        Optional.of(new ChapCredentials.Secret(ARRAYS.user(), ARRAYS.password()))));
        target = IscsiTarget.start(IQN, List.of(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0)), units);
    }

    @AfterEach
    void stop() throws IOException {
        for (TestInitiator initiator : initiators) {
            initiator.close();
        }
        target.close();
        unit.close();
    }

    @ParameterizedTest
    @EnumSource
    void whoKnowsTheSecretIsServed(ChapAlgorithm algorithm) throws Exception {
        int isid = 1;
        for (Optional<ChapSecret> theirs : List.of(Optional.<ChapSecret>empty(), Optional.of(ARRAYS))) {
            TestInitiator host = login(HOST, isid++, SessionType.NORMAL, chap(HOSTS, theirs, algorithm));
            assertThat(host.in(1, new Cdb.TestUnitReady(), 0).isGood()).isTrue();
        }
    }

    @Test
    void whoDoesNotIsRefused() {
        assertRefused(Optional.empty());
        assertRefused(chap(new ChapSecret("host", "secretofhost2"), Optional.empty(), ChapAlgorithm.MD5));
        assertRefused(chap(new ChapSecret("array", HOSTS.password()), Optional.empty(), ChapAlgorithm.MD5));
        assertRefused(chap(ARRAYS, Optional.empty(), ChapAlgorithm.SHA256));
    }

    @Test
    void aTargetThatCantProveItselfIsLeft() {
        assertRefused(chap(HOSTS, Optional.of(new ChapSecret("array", "secretofarray2")), ChapAlgorithm.MD5));
    }

    @Test
    void aHostWithoutCredentialsNeedsNone() throws Exception {
        assertThat(login(OPEN, 1, SessionType.NORMAL, Optional.empty())
                        .in(1, new Cdb.TestUnitReady(), 0)
                        .isGood())
                .isTrue();
    }

    @Test
    void discoveryTakesAProofAndNeedsNone() throws Exception {
        for (Optional<InitiatorChap> proof :
                List.of(Optional.<InitiatorChap>empty(), chap(HOSTS, Optional.of(ARRAYS), ChapAlgorithm.SHA1))) {
            TestInitiator discovery = login(HOST, 2, SessionType.DISCOVERY, proof);
            assertThat(KeyText.parse(discovery.text("SendTargets=All"))).hasSize(2);
        }
        assertThatThrownBy(
                        () -> login(HOST, 2, SessionType.DISCOVERY, chap(ARRAYS, Optional.empty(), ChapAlgorithm.MD5)))
                .isInstanceOf(LoginFailure.class);
    }

    /** A name and an ISID are no secrets: they must not be enough to throw a session out. */
    @Test
    void aStrangerCantEndASession() throws Exception {
        TestInitiator host = login(HOST, 1, SessionType.NORMAL, chap(HOSTS, Optional.empty(), ChapAlgorithm.MD5));
        assertRefused(Optional.empty());
        assertRefused(chap(ARRAYS, Optional.empty(), ChapAlgorithm.MD5));
        for (int tsih = 1; tsih < 4; tsih++) {
            InitiatorIdentity joining =
                    new InitiatorIdentity(HOST, IQN, SessionType.NORMAL, new Isid(0x800000000001L), tsih, 0);
            assertThatThrownBy(() -> TestInitiator.login(
                            address(), joining, Preferences.DEFAULT, chap(ARRAYS, Optional.empty(), ChapAlgorithm.MD5)))
                    .isInstanceOf(LoginFailure.class);
        }
        assertThat(host.in(1, new Cdb.TestUnitReady(), 0).isGood()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"host,secretofhost1,true", "host,secretofhost2,false", "else,secretofhost1,false", ",,false"})
    void libiscsiProvesItself(String user, String password, boolean served) throws Exception {
        assumeTrue(Tool.isInstalled("iscsi-inq"));
        Map<String, String> proof =
                user == null ? Map.of() : Map.of("LIBISCSI_CHAP_USERNAME", user, "LIBISCSI_CHAP_PASSWORD", password);
        Tool.Result result = Tool.run(folder, proof, "iscsi-inq", "-i", HOST, url());
        assertThat(result.output().contains("Product:FlashArray"))
                .as(result.output())
                .isEqualTo(served);
    }

    @ParameterizedTest
    @CsvSource({"secretofarray1,true", "secretofarray2,false"})
    void libiscsiHasTheTargetProveItself(String password, boolean served) throws Exception {
        assumeTrue(Tool.isInstalled("iscsi-inq"));
        Map<String, String> proof = Map.of(
                "LIBISCSI_CHAP_USERNAME", HOSTS.user(),
                "LIBISCSI_CHAP_PASSWORD", HOSTS.password(),
                "LIBISCSI_CHAP_TARGET_USERNAME", ARRAYS.user(),
                "LIBISCSI_CHAP_TARGET_PASSWORD", password);
        Tool.Result result = Tool.run(folder, proof, "iscsi-inq", "-i", HOST, url());
        assertThat(result.output().contains("Product:FlashArray"))
                .as(result.output())
                .isEqualTo(served);
    }

    private void assertRefused(Optional<InitiatorChap> proof) {
        assertThatThrownBy(() -> login(HOST, 1, SessionType.NORMAL, proof))
                .isInstanceOfSatisfying(
                        LoginFailure.class, e -> assertThat(e.status()).isEqualTo(LoginStatus.AUTHENTICATION_FAILURE));
    }

    private static Optional<InitiatorChap> chap(ChapSecret own, Optional<ChapSecret> theirs, ChapAlgorithm algorithm) {
        return Optional.of(new InitiatorChap(new ChapSecrets(own, theirs), List.of(algorithm), new SecureRandom()));
    }

    private TestInitiator login(String name, long isid, SessionType type, Optional<InitiatorChap> proof)
            throws IOException, LoginFailure {
        InitiatorIdentity who = new InitiatorIdentity(
                name, type == SessionType.NORMAL ? IQN : "", type, new Isid(0x800000000000L | isid), 0, 0);
        TestInitiator initiator = TestInitiator.login(address(), who, Preferences.DEFAULT, proof);
        initiators.add(initiator);
        return initiator;
    }

    private InetSocketAddress address() {
        return target.addresses().getFirst();
    }

    private String url() {
        return "iscsi://127.0.0.1:" + address().getPort() + "/" + IQN + "/1";
    }
}
