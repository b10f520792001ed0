package io.stowage.array.iscsi;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.iscsi.login.LoginFailure;
import io.stowage.iscsi.login.Preferences;
import io.stowage.iscsi.pdu.BasicHeader;
import io.stowage.iscsi.pdu.Pdu;
import io.stowage.iscsi.scsi.Cdb;
import io.stowage.iscsi.scsi.Lun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes of a stranger, before and after a login: they cost the stranger the connection and nobody else anything. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class HostileInitiatorTest {
    private static final String IQN = "iqn.2010-06.com.purestorage:flasharray.test";
    private static final String HOST = "iqn.2026-11.io.stowage:host";
    private static final String STRANGER = "iqn.2026-11.io.stowage:stranger";
    private static final int ROUNDS = 40;

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
        target = IscsiTarget.start(
                IQN,
                List.of(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0)),
                units,
                Preferences.DEFAULT,
                Limits.DEFAULT.with(new Limits.Load(32, 4 << 20, 8 << 20)));
    }

    @AfterEach
    void stop() throws IOException {
        target.close();
        unit.close();
        prey.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noBytesBeforeALoginHarmOthers(long seed) throws Exception {
        Random random = new Random(seed);
        try (TestInitiator host = login(HOST)) {
            for (int i = 0; i < ROUNDS; i++) {
                try (SocketChannel stranger = SocketChannel.open(address())) {
                    send(stranger, header(random, random.nextBoolean() ? 0x43 : random.nextInt(256)));
                }
                assertServed(host);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6, 7})
    void noBytesAfterALoginHarmOthers(long seed) throws Exception {
        Random random = new Random(seed);
        try (TestInitiator host = login(HOST)) {
            for (int i = 0; i < ROUNDS; i++) {
                try (TestInitiator stranger = login(STRANGER)) {
                    for (int pdu = 0; pdu < 8; pdu++) {
                        send(stranger.channel(), plausible(random, stranger));
                    }
                } catch (IOException closed) {
                    assertThat(closed).isNotNull();
                }
                assertServed(host);
            }
        }
    }

    /** Every opcode and flag, numbers that are sometimes right, data as long as the header says or not at all. */
    private static ByteBuffer plausible(Random random, TestInitiator stranger) {
        int[] opcodes = {0, 1, 1, 1, 2, 4, 5, 5, 6, 0x10, 0x1F};
        ByteBuffer bytes = header(random, opcodes[random.nextInt(opcodes.length)] | random.nextInt(2) << 6);
        bytes.putLong(8, Lun.encode(random.nextInt(3)));
        bytes.putInt(16, random.nextInt(4));
        if (random.nextInt(3) > 0) {
            bytes.putInt(20, random.nextInt(1 << 16));
        }
        bytes.putInt(24, stranger.nextCmdSn());
        if (random.nextBoolean()) {
            byte[] opcodesOfScsi = {0x12, 0x28, 0x2A, (byte) 0x8A, 0x42, 0x41, (byte) 0x93, 0x1A, 0x15, (byte) 0x89};
            bytes.put(32, opcodesOfScsi[random.nextInt(opcodesOfScsi.length)]);
        }
        return bytes;
    }

    private static ByteBuffer header(Random random, int first) {
        int length = random.nextInt(3) == 0 ? random.nextInt(5000) : 0;
        byte[] bytes = new byte[Pdu.HEADER_LENGTH + length + BasicHeader.padding(length)];
        random.nextBytes(bytes);
        bytes[0] = (byte) first;
        bytes[4] = 0;
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (random.nextInt(8) > 0) {
            buffer.putInt(4, length);
        }
        return buffer;
    }

    private void assertServed(TestInitiator host) throws IOException {
        assertThat(host.out(1, new Cdb.Write(0, 1, false), ByteBuffer.allocate(512))
                        .isGood())
                .isTrue();
    }

    private static void send(SocketChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private InetSocketAddress address() {
        return target.addresses().getFirst();
    }

    private TestInitiator login(String name) throws IOException, LoginFailure {
        return TestInitiator.login(address(), name, IQN, 1, Preferences.DEFAULT);
    }
}
