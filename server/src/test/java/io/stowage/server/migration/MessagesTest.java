package io.stowage.server.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Expected bytes: a real LXD 5.0.2's (lxd-api.md, section 15.3). */
class MessagesTest {
    private static final RsyncFeatures ALL = new RsyncFeatures(true, true, true, true);

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    @Test
    void anOfferOfFilesIsWrittenAsLxdWritesIt() throws Exception {
        var bytes = hex("08 00 22 04 65787031 2a 22 0a 04 65787031 12 0e 0a 04 73697a65 12 06 3130304d6942"
                + "20 00 30 00 38 00 40 00 48 00 50 00 42 08 08 01 10 01 18 01 20 01 68 01");
        var header = new MigrationHeader(
                MigrationHeader.RSYNC,
                List.of("exp1"),
                List.of(new HeaderSnapshot("exp1", Map.of("size", "100MiB"), 0, 0)),
                Optional.of(ALL),
                Optional.empty(),
                1,
                Optional.empty());
        assertThat(header.write()).isEqualTo(bytes);
        assertThat(MigrationHeader.read(bytes)).isEqualTo(header);
    }

    @Test
    void anOfferOfBlocksAndItsAnswer() throws Exception {
        var offer = new MigrationHeader(
                MigrationHeader.BLOCKS, List.of(), List.of(), Optional.of(ALL), Optional.empty(), 1, Optional.empty());
        assertThat(offer.write()).isEqualTo(hex("08 04 42 08 08 01 10 01 18 01 20 01 68 01"));
        var answer = new MigrationHeader(
                MigrationHeader.BLOCKS,
                List.of(),
                List.of(),
                Optional.of(RsyncFeatures.NONE),
                Optional.of(false),
                1,
                Optional.empty());
        assertThat(answer.write()).isEqualTo(hex("08 04 42 08 08 00 10 00 18 00 20 00 48 00 68 01"));
        assertThat(MigrationHeader.read(answer.write())).isEqualTo(answer);
    }

    @Test
    void theEndIsWrittenWithAllItsFields() throws Exception {
        assertThat(MigrationControl.DONE.write()).isEqualTo(hex("08 01 12 00"));
        assertThat(MigrationControl.read(hex("08 01"))).isEqualTo(MigrationControl.DONE);
        assertThat(MigrationControl.read(hex("08 00 12 02 6e6f"))).isEqualTo(new MigrationControl(false, "no"));
    }

    @Test
    void whatIsNotKnownIsPassedOver() throws Exception {
        // criu, predump, volumeSize, zfs and btrfs features, a fixed64 and a fixed32 in fields nobody has yet
        var bytes = hex("08 04 10 02 38 01 58 05 52 02 08 01 62 02 08 01 f9 0a 0102030405060708 fd 0a 01020304 68 01");
        assertThat(MigrationHeader.read(bytes).indexVersion()).isEqualTo(1);
    }

    @Test
    void aMessageWithoutWhatIsRequiredIsRefused() {
        assertThatThrownBy(() -> MigrationHeader.read(hex("68 01")))
                .isInstanceOf(MalformedMessage.class)
                .hasMessage("The peer doesn't say how it sends content");
        assertThatThrownBy(() -> MigrationControl.read(new byte[0])).isInstanceOf(MalformedMessage.class);
        assertThatThrownBy(() -> MigrationHeader.read(hex("08 00 2a 02 20 00")))
                .hasMessage("A snapshot of the offer has no name");
    }

    @Test
    void lengthsBeyondTheMessageAreRefused() {
        for (var text : List.of(
                "22 05 65787031", "22 ff ff ff ff 0f", "22 ff ff ff ff ff ff ff ff ff 01", "08 80", "2a 03 0a 02 61")) {
            assertThatThrownBy(() -> MigrationHeader.read(hex(text))).as(text).isInstanceOf(MalformedMessage.class);
        }
        assertThatThrownBy(() -> MigrationHeader.read(hex("08 ff ff ff ff ff ff ff ff ff ff ff 01")))
                .hasMessage("A number of a message is too long");
        assertThatThrownBy(() -> MigrationHeader.read(hex("3b 08 00")))
                .hasMessage("A field of a message has the wire type 3");
    }

    @Property(tries = 300)
    void headersSurviveTheWay(@ForAll("headers") MigrationHeader header) throws Exception {
        assertThat(MigrationHeader.read(header.write())).isEqualTo(header);
    }

    @Property(tries = 300)
    void aHeaderThatIsCutOrGarbledIsReadOrRefusedAndNothingElse(
            @ForAll("headers") MigrationHeader header, @ForAll int place, @ForAll byte other) {
        var bytes = header.write();
        int at = Math.floorMod(place, bytes.length);
        var garbled = bytes.clone();
        garbled[at] = other;
        for (var each : List.of(Arrays.copyOf(bytes, at), garbled)) {
            try {
                MigrationHeader.read(each).write();
            } catch (MalformedMessage e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }

    @Provide
    Arbitrary<MigrationHeader> headers() {
        var names = Arbitraries.strings().all().ofMinLength(1).ofMaxLength(12).map(MessagesTest::wellFormed);
        var numbers = Arbitraries.longs();
        var flags = Arbitraries.of(true, false);
        var config = Arbitraries.maps(names, names).ofMaxSize(3);
        var snapshots = Combinators.combine(names, config, numbers, numbers)
                .as(HeaderSnapshot::new)
                .list()
                .ofMaxSize(4);
        var rsync = Combinators.combine(flags, flags, flags, flags).as(RsyncFeatures::new);
        var sizes = Arbitraries.longs().greaterOrEqual(0);
        var ids = Combinators.combine(numbers, numbers).as(UUID::new);
        var own = Combinators.combine(
                        names,
                        sizes,
                        Combinators.combine(names, ids, sizes)
                                .as(OwnHeader.Snapshot::new)
                                .list()
                                .ofMaxSize(4),
                        names)
                .as(OwnHeader::new);
        return Combinators.combine(
                        Arbitraries.integers(),
                        names.list().ofMaxSize(4),
                        snapshots,
                        rsync.optional(),
                        flags.optional(),
                        Arbitraries.integers().between(0, 3),
                        own.optional())
                .as(MigrationHeader::new);
    }

    /** Half a pair of surrogates is no character in UTF-8. */
    private static String wellFormed(String text) {
        var chars = text.replaceAll("[\\ud800-\\udfff]", "x");
        return chars.isEmpty() ? "x" : chars;
    }
}
