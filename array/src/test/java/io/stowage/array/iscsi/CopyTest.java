package io.stowage.array.iscsi;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.iscsi.login.LoginFailure;
import io.stowage.iscsi.login.Preferences;
import io.stowage.iscsi.scsi.Cdb;
import io.stowage.iscsi.scsi.CopyList;
import io.stowage.iscsi.scsi.CopyResult;
import io.stowage.iscsi.scsi.Designator;
import io.stowage.iscsi.scsi.PersistentReserve;
import io.stowage.iscsi.scsi.Sense;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** EXTENDED COPY over volumes of a real store. Expectations are those of SPC-4, sections 6.4 and 6.24. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class CopyTest {
    private static final String IQN = "iqn.2010-06.com.purestorage:flasharray.test";
    private static final String HOST = "iqn.h:a";
    private static final String STRANGER = "iqn.h:b";
    private static final int MIB = 1 << 20;
    private static final int SIZE = 16 * MIB;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    @TempDir
    Path folder;

    private final List<TestInitiator> initiators = new ArrayList<>();
    private StoredUnits units;
    private IscsiTarget target;
    private TestInitiator host;
    private TestInitiator stranger;

    @BeforeEach
    void start() throws Exception {
        units = new StoredUnits(folder, 1 << 30);
        units.add(1, SIZE, HOST, STRANGER);
        units.add(2, SIZE, HOST, STRANGER);
        units.add(3, SIZE, STRANGER);
        InetSocketAddress free = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
        target = IscsiTarget.start(IQN, List.of(free), units.units());
        host = login(HOST);
        stranger = login(STRANGER);
    }

    @AfterEach
    void stop() throws IOException {
        for (TestInitiator initiator : initiators) {
            initiator.close();
        }
        target.close();
        units.close();
    }

    @Test
    void aCopyTakesNoSpaceAndIsNoLinkToItsSource() throws Exception {
        byte[] data = new byte[8 * MIB];
        new Random(1).nextBytes(data);
        write(1, 0, data);
        long used = units.store().space().used();
        assertThat(copy(named(1), named(2), new CopyList.Segment(0, 1, data.length / 512, 0, 8 * MIB / 512))
                        .isGood())
                .isTrue();
        assertThat(units.store().space().used()).as("bytes in use").isEqualTo(used);
        write(1, 0, new byte[MIB]);
        assertThat(read(2, 8 * MIB, data.length)).isEqualTo(data);
        assertThat(read(2, 0, 8 * MIB)).isEqualTo(new byte[8 * MIB]);
    }

    /** Any ranges, also those that lie across one another or across what can be shared. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whatIsCopiedIsWhatAByteForByteCopyWouldBe(long seed) throws Exception {
        Random random = new Random(seed);
        byte[][] expected = {new byte[SIZE], new byte[SIZE]};
        for (int unit = 0; unit < 2; unit++) {
            byte[] data = new byte[MIB + 512];
            random.nextBytes(data);
            write(unit + 1, MIB, data);
            System.arraycopy(data, 0, expected[unit], MIB, data.length);
        }
        for (int i = 0; i < 16; i++) {
            int length = 512 * (1 + random.nextInt(random.nextBoolean() ? 4096 : 64));
            int from = 512 * random.nextInt(4 * MIB / 512 - 8);
            int to = random.nextBoolean() ? from + 65536 * random.nextInt(8) : 512 * random.nextInt(4 * MIB / 512);
            int source = random.nextInt(2);
            int destination = random.nextInt(2);
            CopyList.Segment segment = random.nextBoolean()
                    ? new CopyList.Segment(source, destination, length / 512, from / 512, to / 512)
                    : new CopyList.Segment(source, destination, true, length, from / 512 - 4, to / 512, 2048, 0);
            boolean inside = !segment.offsets() || from >= 2048;
            assertThat(copy(named(1), named(2), segment).isGood()).isEqualTo(inside);
            if (inside) {
                System.arraycopy(expected[source], from, expected[destination], to, length);
            }
        }
        for (int unit = 0; unit < 2; unit++) {
            assertThat(read(unit + 1, 0, SIZE)).isEqualTo(expected[unit]);
        }
    }

    @Test
    void onlyWhatTheInitiatorMayUseIsCopied() throws Exception {
        byte[] secret = new byte[MIB];
        new Random(2).nextBytes(secret);
        write(stranger, 3, 0, secret);
        CopyList.Segment whole = new CopyList.Segment(0, 1, MIB / 512, 0, 0);
        assertThat(copy(named(3), named(2), whole).sense()).isEqualTo(new Sense(0xA, 0x0D02));
        assertThat(copy(named(2), named(3), whole).sense()).isEqualTo(new Sense(0xA, 0x0D02));
        assertThat(read(2, 0, MIB)).isEqualTo(new byte[MIB]);

        write(1, 0, secret);
        PersistentReserve list = new PersistentReserve(0, 5, false, false, false);
        stranger.out(2, new Cdb.PersistentReserveOut(PersistentReserve.REGISTER, 0, 0, 24), list.encode());
        list = new PersistentReserve(5, 0, false, false, false);
        stranger.out(2, new Cdb.PersistentReserveOut(PersistentReserve.RESERVE, 0, 1, 24), list.encode());
        assertThat(copy(named(1), named(2), whole).sense()).isEqualTo(new Sense(0xA, 0x0D02));
        assertThat(copy(named(2), named(1), new CopyList.Segment(0, 1, 1, 0, 100))
                        .isGood())
                .as("what is reserved against writing may be read")
                .isTrue();
        assertThat(read(2, 0, MIB)).isEqualTo(new byte[MIB]);
    }

    @Test
    void eachFaultOfAListHasItsSense() throws Exception {
        CopyList.Segment good = new CopyList.Segment(0, 1, 8, 0, 64);
        ByteBuffer list = list(named(1), named(2), good).encode();
        assertThat(send(NOTHING).isGood()).isTrue();
        assertThat(send(list.slice(0, 15)).sense()).isEqualTo(new Sense(5, 0x1A00));
        assertThat(send(list.slice(0, list.remaining() - 1)).sense()).isEqualTo(new Sense(5, 0x1A00));
        assertThat(send(ByteBuffer.allocate(1025)).sense()).isEqualTo(new Sense(5, 0x1A00));
        assertThat(send(new CopyList(1, 0, Collections.nCopies(5, named(1)), List.of(good)).encode())
                        .sense())
                .isEqualTo(new Sense(5, 0x2606));
        assertThat(send(new CopyList(1, 0, List.of(named(1), named(2)), Collections.nCopies(17, good)).encode())
                        .sense())
                .isEqualTo(new Sense(5, 0x2608));
        assertThat(send(changed(list, 16, 0xE0)).sense()).isEqualTo(new Sense(5, 0x2607));
        assertThat(send(changed(list, 80, 0x03)).sense()).isEqualTo(new Sense(5, 0x2609));
        assertThat(send(changed(list, 1, 0x08)).sense().code()).isEqualTo(0x2600);
        assertThat(send(changed(list, 23, 21)).sense().code()).isEqualTo(0x2600);
        assertThat(send(changed(list, 46, 4)).sense()).as("block length 1024").isEqualTo(new Sense(0xA, 0x0D02));
        assertThat(send(changed(list, 87, 2)).sense()).isEqualTo(new Sense(0xA, 0x0804));
        assertThat(copy(named(1), named(2), new CopyList.Segment(0, 1, 9, 0, SIZE / 512 - 8))
                        .sense())
                .isEqualTo(new Sense(0xA, 0x0D02));
        assertThat(copy(named(1), named(2), new CopyList.Segment(0, 1, 1, -1, 0))
                        .sense())
                .isEqualTo(new Sense(0xA, 0x0D02));
        assertThat(copy(named(1), named(2), new CopyList.Segment(0, 1, true, 513, 0, 0, 0, 0))
                        .sense()
                        .code())
                .isEqualTo(0x2600);
    }

    @Test
    void theResultOfACopyIsThereToBeAskedFor() throws Exception {
        assertThat(result(CopyResult.STATUS, 1).sense().code()).isEqualTo(0x2400);
        CopyList.Segment segment = new CopyList.Segment(0, 1, 8, 0, 0);
        assertThat(copy(named(1), named(2), segment).isGood()).isTrue();
        assertThat(result(CopyResult.STATUS, 1).data()).isEqualTo(hex("00000008 01 0001 00 00001000"));
        assertThat(result(CopyResult.FAILED_SEGMENT, 1).data()).isEqualTo(hex("00000000"));
        copy(named(1), named(2), new CopyList.Segment(0, 1, 8, 0, SIZE));
        assertThat(result(CopyResult.STATUS, 1).data()).isEqualTo(hex("00000008 02 0000 00 00000000"));
        ByteBuffer failure = result(CopyResult.FAILED_SEGMENT, 1).data();
        assertThat(Sense.parse(failure.slice(60, 18))).isEqualTo(new Sense(0xA, 0x0D02));
        send(new CopyList(9, CopyList.DISCARD, List.of(named(1), named(2)), List.of(segment)).encode());
        assertThat(result(CopyResult.STATUS, 9).sense().code()).isEqualTo(0x2400);
        ByteBuffer parameters = result(CopyResult.OPERATING_PARAMETERS, 0).data();
        assertThat(parameters.getInt(0)).isEqualTo(parameters.remaining() - 4).isGreaterThanOrEqualTo(40);
        assertThat(parameters.slice(43, 4)).isEqualTo(hex("03 02 0a e4"));
        assertThat(result(2, 1).sense().code()).isEqualTo(0x2400);
    }

    private TestInitiator.Outcome result(int action, int id) throws IOException {
        return host.in(1, new Cdb.ReceiveCopyResults(action, id, 1024), 1024);
    }

    private TestInitiator.Outcome copy(CopyList.Target source, CopyList.Target destination, CopyList.Segment segment)
            throws IOException {
        return send(list(source, destination, segment).encode());
    }

    private static CopyList list(CopyList.Target source, CopyList.Target destination, CopyList.Segment segment) {
        return new CopyList(1, CopyList.HOLD, List.of(source, destination), List.of(segment));
    }

    private TestInitiator.Outcome send(ByteBuffer list) throws IOException {
        return host.out(1, new Cdb.ExtendedCopy(list.remaining()), list);
    }

    private static ByteBuffer changed(ByteBuffer list, int index, int value) {
        return ByteBuffer.allocate(list.remaining())
                .put(0, list, 0, list.remaining())
                .put(index, (byte) value);
    }

    private static CopyList.Target named(int number) {
        return new CopyList.Target(
                false, 0, Designator.naa(StoredUnits.identity(number).naaBytes()), 512);
    }

    private void write(int lun, int offset, byte[] data) throws IOException {
        write(host, lun, offset, data);
    }

    private static void write(TestInitiator who, int lun, int offset, byte[] data) throws IOException {
        assertThat(who.out(lun, new Cdb.Write(offset / 512, data.length / 512, false), ByteBuffer.wrap(data))
                        .isGood())
                .isTrue();
    }

    private byte[] read(int lun, int offset, int length) throws IOException {
        return host.in(lun, new Cdb.Read(offset / 512, length / 512), length)
                .data()
                .array();
    }

    private static ByteBuffer hex(String digits) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(digits.replace(" ", "")));
    }

    private TestInitiator login(String name) throws IOException, LoginFailure {
        TestInitiator initiator = TestInitiator.login(target.addresses().getFirst(), name, IQN, 1, Preferences.DEFAULT);
        initiators.add(initiator);
        return initiator;
    }
}
