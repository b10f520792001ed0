package io.stowage.array.nvme;

import static io.stowage.array.nvme.TestHost.ID;
import static io.stowage.array.nvme.TestHost.NQN;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.array.core.ChapCredentials;
import io.stowage.array.core.ChapCredentials.Secret;
import io.stowage.nvme.command.AdminOpcode;
import io.stowage.nvme.command.Status;
import io.stowage.nvme.command.SubmissionEntry;
import io.stowage.nvme.fabrics.Configuration;
import io.stowage.nvme.fabrics.Connect;
import io.stowage.nvme.fabrics.ConnectData;
import io.stowage.nvme.fabrics.ConnectResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DH-HMAC-CHAP: Base 2.0, section 8.13; figures 442 to 450. */
class AuthenticationTest extends TargetOnTheWire {
    /** The keys of two secrets that nvme-cli 2.3 has made of 0001…1f and of 32 times x. */
    private static final String HOST_SECRET = "DHHC-1:00:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh+KfiaR:";

    private static final byte[] HOST_KEY = new byte[32];
    private static final String CONTROLLER_SECRET = "DHHC-1:00:eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHiIPc4A:";
    private static final byte[] CONTROLLER_KEY = "x".repeat(32).getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NOBODYS = new byte[0];
    private static final int[] ALL_HASHES = {1, 2, 3};
    private static final int[] NO_GROUP = {0};

    private static final int CHALLENGE = 0x01;
    private static final int SUCCESS_1 = 0x03;
    private static final int FAILURE_1 = 0xF1;

    static {
        for (int i = 0; i < HOST_KEY.length; i++) {
            HOST_KEY[i] = (byte) i;
        }
    }

    @BeforeEach
    void hostHasKeys() {
        subsystems.require(
                NQN,
                new ChapCredentials(new Secret("h", HOST_SECRET), Optional.of(new Secret("a", CONTROLLER_SECRET))));
    }

    private TestHost connected(int controller, int queue) throws IOException {
        var host = host();
        var end =
                host.connect(new Connect(0, queue, 31, 0, 0), new ConnectData(ID, controller, TestSubsystems.NQN, NQN));
        assertThat(end.status()).isEqualTo(Status.SUCCESS);
        assertThat(end.result() >>> 17 & 1).as("ATR: figure 389").isEqualTo(1);
        return host;
    }

    private static AuthenticatingHost authenticating(TestHost queue, byte[] key) {
        return new AuthenticatingHost(queue, NQN, TestSubsystems.NQN, key);
    }

    private static Status keepAlive(TestHost admin) throws IOException {
        return admin.run(new SubmissionEntry().opcode(AdminOpcode.KEEP_ALIVE)).status();
    }

    /** All of it for a host that trusts the controller. */
    private static void prove(TestHost queue) throws Exception {
        var host = authenticating(queue, HOST_KEY);
        assertThat(host.send(host.negotiate(0, ALL_HASHES, NO_GROUP)).status()).isEqualTo(Status.SUCCESS);
        assertThat(host.send(host.reply(host.receive(), NOBODYS).message()).status())
                .isEqualTo(Status.SUCCESS);
        assertThat(host.receive().id()).isEqualTo(SUCCESS_1);
    }

    @ParameterizedTest
    @CsvSource({"1, 0, false", "2, 0, true", "3, 1, true", "1, 1, true", "2, 2, false", "1, 5, true"})
    void whoKnowsTheKeyIsServed(int hash, int group, boolean mutual) throws Exception {
        var admin = connected(ConnectData.ANY, 0);
        var host = authenticating(admin, HOST_KEY);
        host.send(host.negotiate(0, new int[] {hash}, new int[] {0, group}));
        var challenge = host.receive();
        assertThat(challenge.id()).isEqualTo(CHALLENGE);
        assertThat(challenge.bytes().getShort(4)).as("T_ID").isEqualTo((short) 0x1234);
        assertThat(challenge.bytes().get(6)).as("HL").isEqualTo((byte) (16 + 16 * hash));
        assertThat(challenge.bytes().get(8)).isEqualTo((byte) hash);
        assertThat(challenge.bytes().get(9)).isEqualTo((byte) group);
        assertThat(challenge.bytes().getInt(12)).as("SEQNUM").isNotZero();
        var reply = host.reply(challenge, mutual ? CONTROLLER_KEY : NOBODYS);
        assertThat(host.send(reply.message()).status()).isEqualTo(Status.SUCCESS);
        var success = host.receive();
        assertThat(success.id()).isEqualTo(SUCCESS_1);
        assertThat(success.bytes().get(8)).as("RVALID").isEqualTo((byte) (mutual ? 1 : 0));
        if (mutual) {
            assertThat(success.from(16, reply.expected().length)).isEqualTo(reply.expected());
            assertThat(keepAlive(admin)).isEqualTo(Status.AUTHENTICATION_REQUIRED);
            assertThat(host.send(host.success()).status()).isEqualTo(Status.SUCCESS);
        }
        admin.enable();
        assertThat(keepAlive(admin)).isEqualTo(Status.SUCCESS);
    }

    @Test
    void everyQueueIsProvenByItself() throws Exception {
        var admin = connected(ConnectData.ANY, 0);
        assertThat(target.now())
                .as("nobody is logged in who hasn't proven who it is")
                .isEmpty();
        prove(admin);
        assertThat(target.now()).hasSize(1);
        admin.enable();
        int controller = Short.toUnsignedInt((short) identify(admin));
        var queue = connected(controller, 1);
        assertThat(queue.run(write(SubmissionEntry.IN_CAPSULE, 0, 1), ByteBuffer.wrap(noise(BLOCK)))
                        .status())
                .isEqualTo(Status.AUTHENTICATION_REQUIRED);
        assertThat(stored(0, BLOCK)).containsOnly(0);
        prove(queue);
        assertThat(queue.run(write(SubmissionEntry.IN_CAPSULE, 0, 1), ByteBuffer.wrap(noise(BLOCK)))
                        .status())
                .isEqualTo(Status.SUCCESS);
    }

    /** CNTLID. */
    private static int identify(TestHost admin) throws IOException {
        admin.send(new SubmissionEntry()
                .opcode(AdminOpcode.IDENTIFY)
                .data(SubmissionEntry.BY_TRANSPORT, 4096)
                .dword(10, 1));
        var data = admin.data().bytes();
        assertThat(admin.status()).isEqualTo(Status.SUCCESS);
        return data[78] & 0xFF | (data[79] & 0xFF) << 8;
    }

    /** Who doesn't know it is told so, and nothing more on this connection. */
    @Test
    void whoDoesNotKnowTheKeyIsRefused() throws Exception {
        var admin = connected(ConnectData.ANY, 0);
        assertThat(keepAlive(admin)).isEqualTo(Status.AUTHENTICATION_REQUIRED);
        assertThat(admin.setConfiguration(Configuration.USUAL.enabled()).status())
                .isEqualTo(Status.AUTHENTICATION_REQUIRED);
        var host = authenticating(admin, CONTROLLER_KEY);
        host.send(host.negotiate(0, ALL_HASHES, NO_GROUP));
        host.send(host.reply(host.receive(), NOBODYS).message());
        var failure = host.receive();
        assertThat(failure.id()).isEqualTo(FAILURE_1);
        assertThat(failure.bytes().get(6)).isEqualTo((byte) 1);
        assertThat(failure.bytes().get(7)).isEqualTo((byte) 1);
        var again = authenticating(admin, HOST_KEY);
        again.send(again.negotiate(0, ALL_HASHES, NO_GROUP));
        assertThat(again.ask().status()).isEqualTo(Status.COMMAND_SEQUENCE_ERROR);
        assertThat(keepAlive(admin)).isEqualTo(Status.AUTHENTICATION_REQUIRED);
    }

    /** An answer is good for its challenge only. */
    @Test
    void anAnswerCannotBeRepeated() throws Exception {
        var first = connected(ConnectData.ANY, 0);
        var host = authenticating(first, HOST_KEY);
        host.send(host.negotiate(0, ALL_HASHES, NO_GROUP));
        var reply = host.reply(host.receive(), NOBODYS).message();
        host.send(reply.duplicate());
        assertThat(host.receive().id()).isEqualTo(SUCCESS_1);
        var second = authenticating(connected(ConnectData.ANY, 0), HOST_KEY);
        second.send(second.negotiate(0, ALL_HASHES, NO_GROUP));
        assertThat(second.receive().id()).isEqualTo(CHALLENGE);
        second.send(reply.duplicate());
        assertThat(second.receive().id()).isEqualTo(FAILURE_1);
    }

    /** Figure 442: secure channels, hashes and groups that can't be used; figure 443. */
    @ParameterizedTest
    @CsvSource({"1, 1, 0, 3", "0, 9, 0, 4", "0, 1, 9, 5"})
    void whatCannotBeAgreedOnIsNamed(int secureChannel, int hash, int group, int explanation) throws Exception {
        var host = authenticating(connected(ConnectData.ANY, 0), HOST_KEY);
        host.send(host.negotiate(secureChannel, new int[] {hash}, new int[] {group}));
        var failure = host.receive();
        assertThat(failure.id()).isEqualTo(FAILURE_1);
        assertThat(failure.bytes().get(7)).isEqualTo((byte) explanation);
    }

    @Test
    void messagesOutOfTurnFail() throws Exception {
        var host = authenticating(connected(ConnectData.ANY, 0), HOST_KEY);
        assertThat(host.ask().status()).isEqualTo(Status.COMMAND_SEQUENCE_ERROR);
        assertThat(host.send(host.success()).status()).isEqualTo(Status.SUCCESS);
        assertThat(host.receive().bytes().get(7)).as("incorrect message").isEqualTo((byte) 7);
        var other = authenticating(connected(ConnectData.ANY, 0), HOST_KEY);
        other.send(ByteBuffer.wrap(noise(64)));
        assertThat(other.receive().bytes().get(7)).as("incorrect payload").isEqualTo((byte) 6);
    }

    /** Hosts without a key of this form, and hosts that discover, needn't prove anything. */
    @Test
    void otherHostsAreNotAsked() throws Exception {
        subsystems.require(NQN, new ChapCredentials(new Secret("h", "secretofhost1"), Optional.empty()));
        var host = host();
        var end = host.connect(new Connect(0, 0, 31, 0, 0), wellKnown());
        assertThat(end.status()).isEqualTo(Status.SUCCESS);
        assertThat(ConnectResult.parse(end.result()).authentication()).isFalse();
        host.enable();
        assertThat(keepAlive(host)).isEqualTo(Status.SUCCESS);
        assertThat(authenticating(host, HOST_KEY).ask().status()).isEqualTo(Status.COMMAND_SEQUENCE_ERROR);
    }

    @Test
    void aControllerWithoutAKeyCannotProveItself() throws Exception {
        subsystems.require(NQN, new ChapCredentials(new Secret("h", HOST_SECRET), Optional.empty()));
        var host = authenticating(connected(ConnectData.ANY, 0), HOST_KEY);
        host.send(host.negotiate(0, ALL_HASHES, NO_GROUP));
        host.send(host.reply(host.receive(), CONTROLLER_KEY).message());
        assertThat(host.receive().id()).isEqualTo(FAILURE_1);
    }
}
