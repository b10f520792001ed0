package io.stowage.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1",
        "1B, 1",
        "17 bytes, 17",
        "1kB, 1000",
        "1KiB, 1024",
        "3MB, 3000000",
        "1MiB, 1048576",
        "2GB, 2000000000",
        "10GiB, 10737418240",
        "1TB, 1000000000000",
        "1TiB, 1099511627776",
        "1PB, 1000000000000000",
        "1PiB, 1125899906842624",
        "9EB, 9000000000000000000",
        "7EiB, 8070450532247928832",
        "9223372036854775807, 9223372036854775807"
    })
    void readsWhatLxdReads(String text, long bytes) {
        assertThat(ByteSize.parse(text)).isEqualTo(new ByteSize(bytes));
    }

    @Test
    void nothingIsZero() {
        assertThat(ByteSize.parse("")).isEqualTo(ByteSize.ZERO);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "KB",
                "1KB",
                "10 GiB",
                "1.5GiB",
                "10G",
                "-1",
                "+1",
                "1gib",
                "1GIB",
                "0x10",
                "1 byte",
                "GiB",
                "1GiB ",
                "8EiB",
                "10EB",
                "9223372036854775808",
                "99999999999999999999999999",
                "١MiB"
            })
    void refusesWhatLxdRefuses(String text) {
        assertThatThrownBy(() -> ByteSize.parse(text))
                .isInstanceOf(InvalidValue.class)
                .hasMessageStartingWith("Invalid size \"" + text + "\": ");
    }

    @Property
    void readsItsOwnWriting(@ForAll @LongRange(min = 0) long bytes) {
        assertThat(ByteSize.parse(new ByteSize(bytes).toString()).bytes()).isEqualTo(bytes);
    }

    @Property
    void roundsToTheNextPossibleSize(
            @ForAll @LongRange(min = 0) long bytes,
            @ForAll @LongRange(min = 1, max = 1L << 30) long multiple,
            @ForAll @LongRange(min = 0, max = 1L << 10) long minimumUnits) {
        var minimum = minimumUnits * multiple;
        var exact = BigInteger.valueOf(Math.max(bytes, minimum));
        var unit = BigInteger.valueOf(multiple);
        var expected = exact.add(unit).subtract(BigInteger.ONE).divide(unit).multiply(unit);
        if (expected.bitLength() > 63)
            assertThatThrownBy(() -> new ByteSize(bytes).roundUp(new ByteSize(minimum), new ByteSize(multiple)))
                    .isInstanceOf(InvalidValue.class);
        else
            assertThat(new ByteSize(bytes)
                            .roundUp(new ByteSize(minimum), new ByteSize(multiple))
                            .bytes())
                    .isEqualTo(expected.longValueExact());
    }
}
