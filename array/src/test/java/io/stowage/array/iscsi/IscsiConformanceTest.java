package io.stowage.array.iscsi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stowage.array.core.ChapCredentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The suites of libiscsi's conformance suite that are about iSCSI itself, by a host without and with CHAP, none of which
 * is skipped. Those that newer versions have besides (iSCSICHAP, iSCSINop, iSCSISendTargets, LogoutDuringIOAsync) have
 * their like in {@link AuthenticationTest}, {@link TransportTest} and io.stowage.iscsi.login.ChapTest.
 */
@Timeout(value = 400, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class IscsiConformanceTest {
    private static final String IQN = "iqn.2010-06.com.purestorage:flasharray.test";
    private static final String ONE = "iqn.2026-11.io.stowage:a";
    private static final String OTHER = "iqn.2026-11.io.stowage:b";

    /** Some tests wait for an answer for three seconds, which a busy machine may not keep. */
    private static final int ATTEMPTS = 3;

    @TempDir
    Path folder;

    private final TestUnits units = new TestUnits();
    private FileUnit unit;
    private IscsiTarget target;

    @BeforeEach
    void start() throws IOException {
        unit = new FileUnit(folder.resolve("unit"), 1L << 30, 1);
        InetSocketAddress any = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
        target = IscsiTarget.start(IQN, List.of(any, any), units);
        units.connect(ONE, 1, unit);
        units.connect(OTHER, 1, unit);
    }

    @AfterEach
    void stop() throws IOException {
        target.close();
        unit.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "host%secretofhost1@"})
    void theSuitesAboutIscsiPass(String login) throws Exception {
        assumeTrue(Tool.isInstalled("iscsi-test-cu"));
        if (!login.isEmpty()) {
            ChapCredentials credentials =
                    new ChapCredentials(new ChapCredentials.Secret("host", "secretofhost1"), Optional.empty());
            units.require(ONE, credentials);
            units.require(OTHER, credentials);
        }
        Tool.Result result = run(login);
        for (int i = 1; i < ATTEMPTS && result.status() != 0; i++) {
            result = run(login);
        }
        assertThat(result.status()).as(result.output()).isZero();
        assertThat(result.output())
                .contains("Suite: iSCSIcmdsn", "Suite: iSCSIdatasn", "Suite: iSCSIResiduals", "Suite: iSCSITMF")
                .containsPattern("tests +15 +15 +15 +0 +0")
                .doesNotContain("[SKIPPED] This");
    }

    private Tool.Result run(String login) throws IOException, InterruptedException {
        return Tool.run(
                folder,
                "iscsi-test-cu",
                "-d",
                "-V",
                "-i",
                ONE,
                "-I",
                OTHER,
                "-t",
                "iSCSI",
                url(login, 0),
                url(login, 1));
    }

    private String url(String login, int portal) {
        return "iscsi://" + login + "127.0.0.1:"
                + target.addresses().get(portal).getPort() + "/" + IQN + "/1";
    }
}
