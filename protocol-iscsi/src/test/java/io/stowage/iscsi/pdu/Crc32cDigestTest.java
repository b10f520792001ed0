package io.stowage.iscsi.pdu;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Crc32cDigestTest {

    /** RFC 7143, appendix A.4: bytes as they stand on the wire. */
    @ParameterizedTest
    @CsvSource({
        "0000000000000000000000000000000000000000000000000000000000000000, aa36918a",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff, 43aba862",
        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f, 4e79dd46",
        "1f1e1d1c1b1a191817161514131211100f0e0d0c0b0a09080706050403020100, 5cdb3f11"
    })
    void matchesTheVectorsOfTheRfc(String data, String wire) {
        ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(data));
        Crc32cDigest digest = new Crc32cDigest();
        assertThat(HexFormat.of().toHexDigits(digest.of(bytes))).isEqualTo(wire);
        assertThat(digest.of(bytes.slice(0, 7), bytes.slice(7, 25))).isEqualTo(digest.of(bytes));
    }
}
