package io.stowage.nvme.identify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Base 2.0, figure 277. */
class NamespaceDescriptorsTest {
    private static final String NGUID = "008726b5033af24324a9373d00014196";

    @Test
    void eachIdentifierFollowsItsTypeAndLength() {
        byte[] nguid = HexFormat.of().parseHex(NGUID);
        ByteBuffer list = new NamespaceDescriptors(
                        Optional.empty(), Optional.of(nguid), Optional.empty(), Optional.of(0))
                .encode();

        byte[] start = new byte[26];
        list.get(0, start);
        assertThat(list.remaining()).isEqualTo(4096);
        assertThat(HexFormat.of().formatHex(start)).isEqualTo("02100000" + NGUID + "04010000" + "00" + "00");
    }

    @Test
    void allTypesAreReadAndUnknownOnesPassedOver() {
        ByteBuffer list = list("01080000" + "0102030405060708" + "09020000ffff" + "03100000" + NGUID + "0401000002");

        NamespaceDescriptors read = NamespaceDescriptors.parse(list);

        assertThat(read.eui64()).contains(HexFormat.of().parseHex("0102030405060708"));
        assertThat(read.nguid()).isEmpty();
        assertThat(read.uuid()).contains(HexFormat.of().parseHex(NGUID));
        assertThat(read.commandSet()).contains(2);
    }

    /** An identifier of another length is none, one that goes beyond the end ends the list. */
    @Test
    void wrongLengthsAreNoIdentifiers() {
        assertThat(NamespaceDescriptors.parse(list("01070000" + "01020304050607"))
                        .eui64())
                .isEmpty();
        assertThat(NamespaceDescriptors.parse(ByteBuffer.wrap(HexFormat.of().parseHex("02100000" + "00".repeat(15))))
                        .nguid())
                .isEmpty();
    }

    @Property
    void anyBytesAreRead(@ForAll byte[] bytes) {
        assertThat(NamespaceDescriptors.parse(ByteBuffer.wrap(bytes)).nguid())
                .satisfies(id ->
                        assertThat(id.map(found -> found.length).orElse(16)).isEqualTo(16));
    }

    private static ByteBuffer list(String hex) {
        return ByteBuffer.allocate(4096).put(0, HexFormat.of().parseHex(hex));
    }
}
