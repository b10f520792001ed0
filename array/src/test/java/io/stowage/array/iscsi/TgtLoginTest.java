package io.stowage.array.iscsi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.stowage.iscsi.login.ChapSecret;
import io.stowage.iscsi.login.ChapSecrets;
import io.stowage.iscsi.login.InitiatorChap;
import io.stowage.iscsi.login.InitiatorIdentity;
import io.stowage.iscsi.login.LoginFailure;
import io.stowage.iscsi.login.Preferences;
import io.stowage.iscsi.login.SessionType;
import io.stowage.iscsi.pdu.Isid;
import io.stowage.iscsi.scsi.Cdb;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** The initiator's side of CHAP against another target than ours: Debian's tgt, which lives as long as a test. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class TgtLoginTest {
    private static final String IQN = "iqn.2026-11.io.stowage:tgt";
    private static final String HOST = "iqn.2026-11.io.stowage:host";
    private static final int PORT = 3260;
    private static final Path TGTD = Path.of("/usr/sbin/tgtd");
    private static final ChapSecret OURS = new ChapSecret("host", "secretofhost1");
    private static final ChapSecret THEIRS = new ChapSecret("array", "secretofarray1");

    @TempDir
    Path folder;

    /** Of the loopback interface, and nobody else's, as its port is the usual one. */
    private final String address = "127.%d.%d.%d".formatted(octet(), octet(), octet());

    private final String control = Long.toString(2000 + ProcessHandle.current().pid() % 30_000);
    private @Nullable Process tgtd;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(Files.isExecutable(TGTD) && Files.isWritable(Path.of("/var/run")), "tgt, and root");
        Process started = new ProcessBuilder(
                        TGTD.toString(), "-f", "-C", control, "--iscsi", "portal=" + address + ":" + PORT)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("tgtd.log").toFile())
                .start();
        tgtd = started;
        while (!answers()) {
            assumeTrue(started.isAlive(), "tgtd runs here");
            Thread.sleep(20);
        }
        admin("new", "target", "--tid", "1", "-T", IQN);
        admin("bind", "target", "--tid", "1", "-I", "ALL");
        admin("new", "account", "--user", OURS.user(), "--password", OURS.password());
        admin("new", "account", "--user", THEIRS.user(), "--password", THEIRS.password());
        admin("bind", "account", "--tid", "1", "--user", OURS.user());
        admin("bind", "account", "--tid", "1", "--user", THEIRS.user(), "--outgoing");
    }

    @AfterEach
    void stop() throws Exception {
        Process running = tgtd;
        if (running != null) {
            running.destroyForcibly().waitFor();
            for (String left : List.of("socket." + control, "socket." + control + ".lock")) {
                Files.deleteIfExists(Path.of("/var/run/tgtd", left));
            }
        }
    }

    @Test
    void eachProvesItselfToTheOther() throws Exception {
        for (Optional<ChapSecret> theirs : List.of(Optional.<ChapSecret>empty(), Optional.of(THEIRS))) {
            try (TestInitiator host = login(new ChapSecrets(OURS, theirs))) {
                assertThat(host.in(0, new Cdb.Inquiry(false, 0, 96), 96).isGood())
                        .isTrue();
            }
        }
    }

    @Test
    void aWrongSecretOnEitherSideIsFoundOut() {
        assertThatThrownBy(() -> login(new ChapSecrets(new ChapSecret("host", "secretofhost2"), Optional.empty())))
                .isInstanceOf(LoginFailure.class);
        assertThatThrownBy(() -> login(new ChapSecrets(OURS, Optional.of(new ChapSecret("array", "secretofarray2")))))
                .isInstanceOf(LoginFailure.class)
                .hasMessageContaining("the target's name or response for CHAP is wrong");
    }

    private static int octet() {
        return ThreadLocalRandom.current().nextInt(1, 255);
    }

    private TestInitiator login(ChapSecrets secrets) throws IOException, LoginFailure {
        InitiatorIdentity who = new InitiatorIdentity(HOST, IQN, SessionType.NORMAL, new Isid(0x800000000001L), 0, 0);
        InitiatorChap chap = new InitiatorChap(secrets, InitiatorChap.ALGORITHMS, new SecureRandom());
        return TestInitiator.login(address(), who, Preferences.DEFAULT, Optional.of(chap));
    }

    private boolean answers() {
        try (SocketChannel channel = SocketChannel.open(address())) {
            return channel.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private InetSocketAddress address() {
        return new InetSocketAddress(address, PORT);
    }

    private void admin(String operation, String mode, String... more) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("/usr/sbin/tgtadm", "-C", control, "--lld", "iscsi", "--op", operation, "--mode", mode));
        command.addAll(List.of(more));
        Tool.Result result = Tool.run(folder, command.toArray(String[]::new));
        assertThat(result.status()).as(result.output()).isZero();
    }
}
