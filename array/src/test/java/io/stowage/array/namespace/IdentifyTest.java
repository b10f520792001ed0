package io.stowage.array.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.array.namespace.TestHost.Answer;
import io.stowage.nvme.command.AdminOpcode;
import io.stowage.nvme.command.SubmissionEntry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Identify. Offsets are those of Base 2.0, figures 275, 277 and 280, and of NVM Command Set 1.0, figure 97; what Linux
 * refuses at connect is from {@code nvme_init_identify}, {@code nvmf_validate_identify_ctrl} and {@code nvme_mpath_init}.
 */
class IdentifyTest {
    private static final int INVALID_FIELD = 0x002;
    private static final int INVALID_NAMESPACE = 0x00B;

    private final TestArray array = new TestArray();
    private final TestHost host = array.hostA();

    @Test
    void theControllerIsOneThatLinuxTakes() {
        ByteBuffer data = controller();

        assertThat(data.limit()).isEqualTo(4096);
        assertThat(data.get(76) & 0x0B).as("CMIC: ports, controllers, ANA").isEqualTo(0x0B);
        assertThat(data.get(77)).as("MDTS: 1 MiB in pages of 4 KiB").isEqualTo((byte) 8);
        assertThat(data.getShort(78)).as("CNTLID").isEqualTo((short)
                host.viewer().controllerId());
        assertThat(data.getInt(80)).as("VER").isEqualTo(0x0001_0400);
        assertThat(data.get(111)).as("CNTRLTYPE").isEqualTo((byte) 1);
        assertThat(data.getShort(320)).as("KAS").isPositive();
        assertThat(data.get(512)).as("SQES").isEqualTo((byte) 0x66);
        assertThat(data.get(513)).as("CQES").isEqualTo((byte) 0x44);
        assertThat(Short.toUnsignedInt(data.getShort(514))).as("MAXCMD").isGreaterThanOrEqualTo(128);
        int namespaces = data.getInt(516);
        assertThat(data.getInt(540)).as("MNAN within NN").isBetween(1, namespaces);
        assertThat(data.getInt(536) & 3).as("SGLS").isNotZero();
        assertThat(data.getInt(1792)).as("IOCCSZ").isGreaterThanOrEqualTo(4);
        assertThat(data.getShort(1800)).as("ICDOFF").isZero();
        assertThat(data.getInt(344)).as("ANAGRPMAX").isPositive();
        long accessLog = 16 + 32L * data.getInt(348) + 4L * data.getInt(540);
        assertThat(accessLog).as("size of the ANA log within MDTS").isLessThanOrEqualTo(4096L << data.get(77));
        assertThat(text(data, 768, 256)).as("SUBNQN").startsWith(TestArray.NQN + "\0");
    }

    @Test
    void theControllerSaysWhoItIs() {
        ByteBuffer data = controller();

        assertThat(text(data, 4, 20)).as("SN").isEqualTo("0123456789ABCDEF    ");
        assertThat(text(data, 24, 40)).as("MN").isEqualTo("Pure Storage FlashArray                 ");
        assertThat(text(data, 64, 8)).as("FR").isEqualTo("6.6.2   ");
        assertThat(hex(data, 73, 3)).as("IEEE 24A937, low byte first").isEqualTo("37a924");
        assertThat(data.getInt(92)).as("OAES: namespaces, ANA").isEqualTo(0x900);
        assertThat(data.getInt(96) & 1).as("CTRATT: 128-bit host identifiers").isEqualTo(1);
        assertThat(data.get(261) & 0x06).as("LPA: effects, offsets").isEqualTo(0x06);
        assertThat(data.getShort(256)).as("OACS: Get LBA Status").isEqualTo((short) 0x200);
        assertThat(data.getShort(520) & 0x1AD)
                .as("ONCS: Compare, DSM, Write Zeroes, reservations, Verify, Copy")
                .isEqualTo(0x1AD);
        assertThat(data.get(525)).as("VWC: there, Flush takes FFFFFFFFh").isEqualTo((byte) 0x07);
        assertThat(data.getShort(534)).as("OCFS: format 0").isEqualTo((short) 1);
    }

    @Test
    void aNamespaceIsOneThatLinuxTakes() {
        ByteBuffer data = namespace(1);

        assertThat(data.getLong(0)).as("NSZE").isEqualTo(TestArray.BLOCKS);
        assertThat(data.getLong(8)).as("NCAP").isEqualTo(TestArray.BLOCKS);
        assertThat(data.get(24) & 0x09).as("NSFEAT: thin, NGUID never again").isEqualTo(0x09);
        assertThat(data.get(25)).as("NLBAF").isZero();
        assertThat(data.get(26)).as("FLBAS").isZero();
        assertThat(data.get(30)).as("NMIC").isEqualTo((byte) 1);
        assertThat(data.get(31)).as("RESCAP").isEqualTo((byte) 0xFF);
        assertThat(data.get(33)).as("DLFEAT").isEqualTo((byte) 0x09);
        assertThat(data.getLong(48)).as("NVMCAP").isEqualTo(TestArray.SIZE);
        assertThat(data.getInt(92)).as("ANAGRPID").isBetween(1, controller().getInt(344));
        assertThat(hex(data, 104, 16)).as("NGUID").isEqualTo("0000000000000000" + "24a937" + "0000000001");
        assertThat(hex(data, 120, 8)).as("EUI64").isEqualTo("0000000000000000");
        assertThat(data.getShort(128)).as("MS").isZero();
        assertThat(data.get(130)).as("LBADS").isEqualTo((byte) 9);
    }

    /** With a UUID the kernel would name the device after it, and LXD looks for the NGUID. */
    @Test
    void theOnlyNamesAreNguidAndCommandSet() {
        ByteBuffer data = host.identify(0x03, 1).data();

        assertThat(hex(data, 0, 4)).isEqualTo("02100000");
        assertThat(hex(data, 4, 16)).isEqualTo(hex(namespace(1), 104, 16));
        assertThat(hex(data, 20, 5)).isEqualTo("0401000000");
        assertThat(hex(data, 25, 4096 - 25)).matches("0+");
    }

    @Test
    void hostsFindOnlyWhatTheyMayUse() {
        array.units.connect(TestArray.HOST_A, 7, array.unit(2, 1 << 20));
        array.units.connect(TestArray.HOST_A, 300, array.unit(3, 1 << 20));
        array.units.connect(TestArray.HOST_B, 9, array.unit(4, 1 << 20));

        assertThat(list(0x02, 0)).containsExactly(1, 7, 300);
        assertThat(list(0x02, 7)).containsExactly(300);
        assertThat(list(0x02, 300)).isEmpty();
        assertThat(list(0x07, 1)).containsExactly(7, 300);
        assertThat(list(0x10, 0)).containsExactly(1, 7, 300);
        assertThat(host.identify(0x00, 9).data().getLong(0))
                .as("another host's")
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0xFFFF_FFFE, 0xFFFF_FFFF})
    void noListBeginsBehindTheLastIdentifier(int after) {
        assertThat(host.identify(0x02, after).code()).isEqualTo(INVALID_NAMESPACE);
    }

    @ParameterizedTest
    @CsvSource({"0x00, 2", "0x11, 2", "0x08, 2", "0x05, 2", "0x05, 1", "0x06, 0", "0x1b, 1"})
    void whatIsNotThereIsZeros(String cns, int namespace) {
        Answer answer = host.identify(Integer.decode(cns), namespace);

        assertThat(answer.code()).isZero();
        assertThat(hex(answer.data(), 0, 4096)).matches("0+");
    }

    @ParameterizedTest
    @CsvSource({"0x00, 0", "0x00, 5000", "0x11, 0", "0x08, 0", "0x03, 0", "0x03, 2", "0x03, -1", "0x12, 2", "0x05, 0"})
    void impossibleNamespacesAreRefused(String cns, int namespace) {
        Answer answer = host.identify(Integer.decode(cns), namespace);

        assertThat(answer.code()).isEqualTo(INVALID_NAMESPACE);
        assertThat(answer.status().isFinal()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0x04, 0x09, 0x14, 0x15, 0x16, 0x17, 0x18, 0x20, 0xFF})
    void unknownStructuresAreRefused(int cns) {
        Answer answer = host.identify(cns, 1);

        assertThat(answer.code()).isEqualTo(INVALID_FIELD);
        assertThat(answer.status().isFinal()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0x05, 0x06, 0x07, 0x1A, 0x1B})
    void thereIsNoOtherCommandSet(int cns) {
        Answer answer = host.admin(new SubmissionEntry()
                .opcode(AdminOpcode.IDENTIFY)
                .namespace(1)
                .dword(10, cns)
                .dword(11, 2 << 24) // zoned namespaces
                .data(SubmissionEntry.BY_TRANSPORT, 4096));

        assertThat(answer.code()).isEqualTo(INVALID_FIELD);
    }

    /** Base 2.0, figure 280: newer kernels wait until NSTAT says that the namespace is ready. */
    @Test
    void theIndependentPartSaysThatTheNamespaceIsReady() {
        ByteBuffer data = host.identify(0x08, 1).data();

        assertThat(data.get(1)).as("NMIC").isEqualTo((byte) 1);
        assertThat(data.get(2)).as("RESCAP").isEqualTo((byte) 0xFF);
        assertThat(data.getInt(4)).as("ANAGRPID").isEqualTo(namespace(1).getInt(92));
        assertThat(data.get(14) & 1).as("NSTAT").isEqualTo(1);
    }

    /** Base 2.0, section 5.17.2.20: what all namespaces have in common, without any of them. */
    @Test
    void allNamespacesHaveTheirBlockSizeInCommon() {
        ByteBuffer data = namespace(0xFFFF_FFFF);

        assertThat(data.getLong(0)).isZero();
        assertThat(data.get(130)).isEqualTo((byte) 9);
    }

    @Test
    void controllersAreListedBySubsystemAndByNamespace() {
        TestHost second = array.hostA();
        TestHost other = array.hostB();
        array.units.disconnect(TestArray.HOST_B, 1);
        short[] all = {
            3,
            (short) host.viewer().controllerId(),
            (short) second.viewer().controllerId(),
            (short) other.viewer().controllerId()
        };

        ByteBuffer inSubsystem = host.identify(0x13, 0).data();
        for (int i = 0; i < all.length; i++) {
            assertThat(inSubsystem.getShort(2 * i)).isEqualTo(all[i]);
        }
        ByteBuffer attached = host.identify(0x12, 1).data();
        assertThat(attached.getShort(0)).isEqualTo((short) 2);
        assertThat(attached.getShort(2)).isEqualTo(all[1]);
        assertThat(attached.getShort(4)).isEqualTo(all[2]);
    }

    @Test
    void writeProtectionIsAnAttribute() {
        array.unit.condition().setReadOnly(true);

        assertThat(namespace(1).get(99)).as("NSATTR").isEqualTo((byte) 1);
        assertThat(host.identify(0x08, 1).data().get(8)).isEqualTo((byte) 1);
    }

    /** Base 2.0, figure 94: Data SGL Length Invalid. */
    @Test
    void aBufferHasToTakeAllOfIt() {
        Answer answer = host.admin(new SubmissionEntry()
                .opcode(AdminOpcode.IDENTIFY)
                .dword(10, 0x01)
                .data(SubmissionEntry.BY_TRANSPORT, 4092));

        assertThat(answer.code()).isEqualTo(0x00F);
    }

    private ByteBuffer controller() {
        Answer answer = host.identify(0x01, 0);
        assertThat(answer.code()).isZero();
        return answer.data();
    }

    private ByteBuffer namespace(int id) {
        Answer answer = host.identify(0x00, id);
        assertThat(answer.code()).isZero();
        return answer.data();
    }

    private List<Integer> list(int cns, int after) {
        Answer answer = host.identify(cns, after);
        assertThat(answer.code()).isZero();
        List<Integer> ids = new ArrayList<>();
        for (int at = 0; answer.data().getInt(at) != 0; at += 4) {
            ids.add(answer.data().getInt(at));
        }
        return ids;
    }

    private static String text(ByteBuffer data, int at, int length) {
        byte[] bytes = new byte[length];
        data.get(at, bytes);
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private static String hex(ByteBuffer data, int at, int length) {
        byte[] bytes = new byte[length];
        data.get(at, bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
