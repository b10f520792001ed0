package io.stowage.array.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.array.namespace.TestHost.Answer;
import io.stowage.nvme.command.AdminOpcode;
import io.stowage.nvme.command.SubmissionEntry;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Get Features and Set Features. Base 2.0, sections 5.15 and 5.27; NVM Command Set 1.0, section 4.1.3. */
class FeaturesTest {
    private static final int INVALID_FIELD = 0x002;
    private static final int INVALID_NAMESPACE = 0x00B;
    private static final int SEQUENCE_ERROR = 0x00C;
    private static final int NOT_SAVEABLE = 0x10D;
    private static final int NOT_BY_NAMESPACE = 0x10F;

    private final TestArray array = new TestArray();
    private final TestHost host = array.hostA();

    @ParameterizedTest
    @CsvSource({"0x01, 0x01020303", "0x06, 0", "0x0a, 1", "0x0b, 0x900", "0x04, 0x0000015e", "0x04, 0x00100110"})
    void whatIsSetIsGot(String name, String text) {
        int feature = Integer.decode(name);
        int value = Integer.decode(text);

        assertThat(host.setFeature(feature, 0, value).code()).isZero();

        assertThat(get(feature, value).result()).isEqualTo(value);
        assertThat(array.hostA().getFeature(feature, 0, 0).result())
                .as("another controller's")
                .isNotEqualTo(value);
    }

    /** Base 2.0, figure 316: the default stays what it was. */
    @Test
    void defaultsAreKept() {
        host.setFeature(0x06, 0, 0);

        assertThat(host.getFeature(0x06, 0, 0).result()).isZero();
        assertThat(host.getFeature(0x06, 0, 1).result()).as("default").isEqualTo(1);
        assertThat(host.getFeature(0x06, 0, 2).result())
                .as("saved: as by default")
                .isEqualTo(1);
        assertThat(host.getFeature(0x06, 0, 4).code()).as("reserved").isEqualTo(INVALID_FIELD);
    }

    /** Figure 316, capabilities: bit 0 saveable, 1 by namespace, 2 changeable. */
    @ParameterizedTest
    @CsvSource({"0x01, 4", "0x06, 4", "0x0b, 4", "0x81, 0", "0x82, 6", "0x83, 6", "0x84, 6", "0x05, 6"})
    void capabilitiesAreTold(String feature, int capabilities) {
        assertThat(host.getFeature(Integer.decode(feature), 1, 3).result()).isEqualTo(capabilities);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x00, 0x03, 0x0C, 0x0D, 0x0E, 0x10, 0x11, 0x16, 0x17, 0x78, 0x80, 0x85, 0xC0, 0xFF})
    void unknownFeaturesAreRefused(int feature) {
        assertThat(host.getFeature(feature, 0, 0).code()).isEqualTo(INVALID_FIELD);
        Answer answer = host.setFeature(feature, 0, 0);
        assertThat(answer.code()).isEqualTo(INVALID_FIELD);
        assertThat(answer.status().isFinal()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0x02, 1", "0x06, 2", "0x0a, 2", "0x0b, 0x80000900", "0x0b, 0x100000", "0x04, 0x10000", "0x04, 0x200000"
    })
    void valuesThatMeanNothingHereAreRefused(String feature, String value) {
        assertThat(host.setFeature(
                                Integer.decode(feature), 0, Long.decode(value).intValue())
                        .code())
                .isEqualTo(INVALID_FIELD);
    }

    /** Base 2.0, section 5.27: features of the controller take no namespace. */
    @Test
    void featuresOfTheControllerTakeNoNamespace() {
        assertThat(host.setFeature(0x06, 1, 1).code()).isEqualTo(NOT_BY_NAMESPACE);
        assertThat(host.setFeature(0x06, 0xFFFF_FFFF, 1).code()).isZero();
    }

    @Test
    void featuresOfNamespacesWantOne() {
        assertThat(host.getFeature(0x84, 0, 0).code()).isEqualTo(INVALID_NAMESPACE);
        assertThat(host.getFeature(0x84, 2, 0).code()).isEqualTo(INVALID_NAMESPACE);
        assertThat(host.setFeature(0x84, 2, 1).code()).isEqualTo(INVALID_NAMESPACE);
    }

    /** Figure 318, SV: nothing is kept beyond the controller's life. */
    @Test
    void nothingIsSaved() {
        Answer answer = host.admin(new SubmissionEntry()
                .opcode(AdminOpcode.SET_FEATURES)
                .dword(10, 1 << 31 | 0x06)
                .dword(11, 0));

        assertThat(answer.code()).isEqualTo(NOT_SAVEABLE);
        assertThat(host.getFeature(0x06, 0, 0).result()).isEqualTo(1);
    }

    /** Section 5.27.1.25: Connect has told it, with 128 bits. */
    @Test
    void theHostIdentifierIsThatOfConnect() {
        Answer answer = host.admin(new SubmissionEntry()
                .opcode(AdminOpcode.GET_FEATURES)
                .dword(10, 0x81)
                .dword(11, 1)
                .data(SubmissionEntry.BY_TRANSPORT, 16));

        assertThat(answer.code()).isZero();
        assertThat(answer.data()).isEqualTo(ByteBuffer.allocate(16).put(15, (byte) 0xA));
        assertThat(host.getFeature(0x81, 0, 0).code()).as("64 bits").isEqualTo(INVALID_FIELD);
        assertThat(host.setFeature(0x81, 0, 1).code()).isEqualTo(SEQUENCE_ERROR);
    }

    /** Section 5.27.1.28 of write protection: who else sees the namespace is told that an attribute has changed. */
    @Test
    void aHostProtectsANamespaceFromWrites() {
        TestHost other = array.hostB();
        other.setFeature(0x0B, 0, 0x100);

        assertThat(host.setFeature(0x84, 1, 1).code()).isZero();

        assertThat(other.write(0, new byte[512]).code()).isEqualTo(0x020);
        assertThat(other.getFeature(0x84, 1, 0).result()).isEqualTo(1);
        assertThat(other.viewer().nextEvent()).isPresent();
        assertThat(host.setFeature(0x84, 1, 0).code()).isZero();
        assertThat(other.write(0, new byte[512]).code()).isZero();
        assertThat(host.setFeature(0x84, 1, 3).code()).as("permanently").isEqualTo(INVALID_FIELD);
    }

    private Answer get(int feature, int value) {
        return host.admin(new SubmissionEntry()
                .opcode(AdminOpcode.GET_FEATURES)
                .dword(10, feature)
                .dword(11, value & 0x3F_0000)); // of temperatures, which one
    }
}
