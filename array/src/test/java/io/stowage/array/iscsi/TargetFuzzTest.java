package io.stowage.array.iscsi;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.array.core.ChapCredentials;
import io.stowage.iscsi.login.KeyText;
import io.stowage.iscsi.login.KeyValue;
import io.stowage.iscsi.login.Preferences;
import io.stowage.iscsi.pdu.DataOut;
import io.stowage.iscsi.pdu.Isid;
import io.stowage.iscsi.pdu.LoginRequest;
import io.stowage.iscsi.pdu.LoginStage;
import io.stowage.iscsi.pdu.NopOut;
import io.stowage.iscsi.pdu.Pdu;
import io.stowage.iscsi.pdu.ScsiCommand;
import io.stowage.iscsi.pdu.TaskManagementRequest;
import io.stowage.iscsi.pdu.TextRequest;
import io.stowage.iscsi.scsi.Cdb;
import io.stowage.iscsi.scsi.Lun;
import io.stowage.iscsi.stream.Digests;
import io.stowage.iscsi.stream.PduWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Recorded conversations with a few bytes changed, against a live target: each ends, and leaves nothing behind. What
 * they write to is theirs; the host beside them is served all the time.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class TargetFuzzTest {
    private static final int INPUTS = Boolean.getBoolean("stowage.soak") ? 100_000 : 500;
    private static final String IQN = "iqn.2010-06.com.purestorage:flasharray.test";
    private static final String HOST = "iqn.2026-11.io.stowage:host";
    private static final String STRANGER = "iqn.2026-11.io.stowage:stranger";
    private static final String GUARDED = "iqn.2026-11.io.stowage:guarded";
    private static final int SHARE = 4 << 20;

    @TempDir
    Path folder;

    private final TestUnits units = new TestUnits();
    private FileUnit unit;
    private FileUnit prey;
    private IscsiTarget target;

    @BeforeEach
    void start() throws IOException {
        unit = new FileUnit(folder.resolve("unit"), 16L << 20, 1);
        prey = new FileUnit(folder.resolve("prey"), 16L << 20, 2);
        units.connect(HOST, 1, unit);
        units.connect(STRANGER, 1, prey);
        units.connect(GUARDED, 1, unit);
        units.require(
                GUARDED, new ChapCredentials(new ChapCredentials.Secret("guarded", "secretofhost1"), Optional.empty()));
        // All buffers together are what one connection may have: whatever leaks is missed at the end.
        target = IscsiTarget.start(
                IQN,
                List.of(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0)),
                units,
                Preferences.DEFAULT,
                Limits.DEFAULT.with(new Limits.Load(32, SHARE, SHARE)));
    }

    @AfterEach
    void stop() throws IOException {
        target.close();
        unit.close();
        prey.close();
    }

    @Test
    void conversationsWithFaultsEndAndLeaveNothingBehind() throws Exception {
        Random random = new Random(31);
        List<byte[]> recorded = List.of(
                conversation(STRANGER, Digests.NONE),
                conversation(STRANGER, new Digests(true, true)),
                conversation(GUARDED, Digests.NONE),
                proof());
        try (TestInitiator host = TestInitiator.login(address(), HOST, IQN, 1, Preferences.DEFAULT)) {
            for (int i = 0; i < INPUTS; i++) {
                byte[] good = recorded.get(random.nextInt(recorded.size()));
                converse(mutated(good, random));
                if (i % 50 == 0) {
                    assertThat(host.out(1, new Cdb.Write(0, 1, false), ByteBuffer.allocate(512))
                                    .isGood())
                            .isTrue();
                }
            }
            while (target.now().size() > 1) {
                Thread.sleep(1);
            }
            assertThat(target.now())
                    .singleElement()
                    .satisfies(login -> assertThat(login.initiator()).isEqualTo(HOST));
            assertThat(host.out(1, new Cdb.Write(0, SHARE / 512, false), ByteBuffer.allocate(SHARE))
                            .isGood())
                    .as("no buffer is lost")
                    .isTrue();
        }
        ByteBuffer first = ByteBuffer.allocate(512);
        prey.read(0, first);
        assertThat(first.get(0)).as("most conversations got as far as to write").isEqualTo((byte) 'a');
    }

    /** Says everything and hears everything, until the target has enough. */
    private void converse(byte[] bytes) throws IOException {
        try (SocketChannel channel = SocketChannel.open(address())) {
            ByteBuffer sent = ByteBuffer.wrap(bytes);
            while (sent.hasRemaining()) {
                channel.write(sent);
            }
            channel.shutdownOutput();
            ByteBuffer heard = ByteBuffer.allocate(64 * 1024);
            while (channel.read(heard.clear()) >= 0) {
                assertThat(heard.position()).isPositive();
            }
        } catch (IOException reset) {
            // The target closed while there was more to say, or to hear: as good as any other end.
            assertThat(reset.getMessage()).containsAnyOf("reset", "Broken pipe", "closed");
        }
    }

    private static byte[] conversation(String name, Digests digests) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PduWriter writer = new PduWriter(new Gathered(bytes), 1 << 20);
        List<KeyValue> keys = List.of(
                new KeyValue("InitiatorName", name),
                new KeyValue("TargetName", IQN),
                new KeyValue("SessionType", "Normal"),
                new KeyValue("HeaderDigest", digests.header() ? "CRC32C" : "None"),
                new KeyValue("DataDigest", digests.data() ? "CRC32C" : "None"),
                new KeyValue("InitialR2T", "No"),
                new KeyValue("MaxRecvDataSegmentLength", "65536"));
        writer.add(login(LoginStage.OPERATIONAL, LoginStage.FULL_FEATURE), KeyText.encode(keys));
        writer.flush();
        writer.negotiated(digests);
        ByteBuffer data = ByteBuffer.allocate(4096);
        Arrays.fill(data.array(), (byte) 'a');
        long lun = Lun.encode(1);
        // The session before may have ended without a farewell: this command is refused for it, the others are not.
        writer.add(
                new ScsiCommand(true, true, false, false, 1, lun, 9, 0, 1, 1, new Cdb.TestUnitReady().encode()),
                ByteBuffer.allocate(0));
        writer.add(command(2, 1, true, new Cdb.Write(0, 8, false), 4096), data);
        writer.add(command(3, 2, false, new Cdb.Write(8, 16, false), 8192), data);
        writer.add(new DataOut(true, lun, 3, Pdu.RESERVED_TAG, 1, 0, 4096), data);
        writer.add(command(4, 3, true, new Cdb.Write(64, 2048, false), 1 << 20), ByteBuffer.allocate(0));
        writer.add(new DataOut(true, lun, 4, 2, 1, 0, 0), data);
        writer.add(new NopOut(true, 0, 5, Pdu.RESERVED_TAG, 4, 1), data);
        writer.add(new TaskManagementRequest(true, 1, lun, 6, 4, 4, 1, 3, 0), ByteBuffer.allocate(0));
        writer.add(
                new TextRequest(true, true, false, 0, 7, Pdu.RESERVED_TAG, 4, 1),
                KeyText.encode(List.of(new KeyValue("SendTargets", "All"))));
        writer.add(
                new ScsiCommand(false, true, true, false, 1, lun, 8, 65536, 4, 1, new Cdb.Read(0, 128).encode()),
                ByteBuffer.allocate(0));
        writer.flush();
        return bytes.toByteArray();
    }

    /** A login with CHAP, by somebody who doesn't know the secret. */
    private static byte[] proof() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PduWriter writer = new PduWriter(new Gathered(bytes), 1 << 20);
        List<List<KeyValue>> said = List.of(
                List.of(
                        new KeyValue("InitiatorName", GUARDED),
                        new KeyValue("TargetName", IQN),
                        new KeyValue("AuthMethod", "CHAP,None")),
                List.of(new KeyValue("CHAP_A", "8,7,6,5")),
                List.of(
                        new KeyValue("CHAP_N", "guarded"),
                        new KeyValue("CHAP_R", "0x" + "ab".repeat(32)),
                        new KeyValue("CHAP_I", "1"),
                        new KeyValue("CHAP_C", "0x" + "cd".repeat(32))));
        for (List<KeyValue> keys : said) {
            writer.add(login(LoginStage.SECURITY, LoginStage.OPERATIONAL), KeyText.encode(keys));
        }
        writer.flush();
        return bytes.toByteArray();
    }

    private static LoginRequest login(LoginStage current, LoginStage next) {
        boolean transit = current == LoginStage.OPERATIONAL;
        return new LoginRequest(
                transit,
                false,
                current,
                transit ? next : LoginStage.SECURITY,
                0,
                0,
                new Isid(0x800000000007L),
                0,
                1,
                0,
                1,
                1);
    }

    private static ScsiCommand command(int tag, int cmdSn, boolean isFinal, Cdb cdb, int expected) {
        return new ScsiCommand(false, isFinal, false, true, 1, Lun.encode(1), tag, expected, cmdSn, 1, cdb.encode());
    }

    private static byte[] mutated(byte[] good, Random random) {
        byte[] bytes = good.clone();
        for (int i = random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0, 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 3 -> {
                    int length = Math.min(random.nextInt(200), bytes.length - at);
                    System.arraycopy(good, random.nextInt(good.length - length), bytes, at, length);
                }
                default -> bytes = Arrays.copyOf(bytes, at + 1);
            }
        }
        return bytes;
    }

    private InetSocketAddress address() {
        return target.addresses().getFirst();
    }
}
