package io.stowage.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArrayNameTest {
    private static final UUID ID = UUID.fromString("6c1b16ce-1c03-4d1c-b974-33405cf8d565");

    /** The table of the driver semantics, section 1.6. */
    @ParameterizedTest
    @CsvSource({
        "CONTAINER, FILESYSTEM, false, c-6c1b16ce1c034d1cb97433405cf8d565",
        "VIRTUAL_MACHINE, BLOCK, false, v-6c1b16ce1c034d1cb97433405cf8d565-b",
        "VIRTUAL_MACHINE, FILESYSTEM, false, v-6c1b16ce1c034d1cb97433405cf8d565",
        "IMAGE, FILESYSTEM, false, i-6c1b16ce1c034d1cb97433405cf8d565",
        "IMAGE, BLOCK, false, i-6c1b16ce1c034d1cb97433405cf8d565-b",
        "CUSTOM, FILESYSTEM, false, u-6c1b16ce1c034d1cb97433405cf8d565",
        "CUSTOM, BLOCK, false, u-6c1b16ce1c034d1cb97433405cf8d565-b",
        "CUSTOM, ISO, false, u-6c1b16ce1c034d1cb97433405cf8d565-i",
        "CONTAINER, FILESYSTEM, true, sc-6c1b16ce1c034d1cb97433405cf8d565",
        "VIRTUAL_MACHINE, BLOCK, true, sv-6c1b16ce1c034d1cb97433405cf8d565-b",
        "VIRTUAL_MACHINE, FILESYSTEM, true, sv-6c1b16ce1c034d1cb97433405cf8d565",
        "CUSTOM, FILESYSTEM, true, su-6c1b16ce1c034d1cb97433405cf8d565",
        "CUSTOM, BLOCK, true, su-6c1b16ce1c034d1cb97433405cf8d565-b"
    })
    void namesObjectsAsLxdDoes(VolumeType type, ContentType content, boolean snapshot, String name) {
        assertThat(new ArrayName(type, content, ID, snapshot)).hasToString(name);
    }

    @Property
    void readsItsOwnWriting(
            @ForAll VolumeType type,
            @ForAll ContentType content,
            @ForAll long high,
            @ForAll long low,
            @ForAll boolean snapshot) {
        var name = new ArrayName(type, content, new UUID(high, low), snapshot);
        assertThat(ArrayName.parse(name.toString())).contains(name);
        assertThat(name.toString()).hasSizeLessThanOrEqualTo(63);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "stowage-pool",
                "x-6c1b16ce1c034d1cb97433405cf8d565",
                "u-6c1b16ce",
                "u-6c1b16ce1c034d1cb97433405cf8d565b",
                "u-6c1b16ce1c034d1cb97433405cf8d565-x",
                "u-6C1B16CE1C034D1CB97433405CF8D565",
                "lxd-reverter-snapshot"
            })
    void knowsWhatIsNotOurs(String name) {
        assertThat(ArrayName.parse(name)).isEmpty();
    }
}
