package io.stowage.array.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.web.json.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class UnitIdentityTest {
    /** The serial number and NGUID of a FlashArray volume, as Pure's documentation of NVMe hosts shows them. */
    private static final String SERIAL = "8726b5033af2433d00014196";

    private static final String NGUID = "008726b5033af24324a9373d00014196";
    private static final String NAA = "624a9370" + SERIAL;

    @Test
    void flashArraysMakeTheNguidOfTheSerialNumber() {
        var identity = new UnitIdentity("PURE", "FlashArray", "8888", SERIAL, NAA);

        assertThat(identity.nguid()).isEqualTo(NGUID);
        assertThat(identity.nguidBytes())
                .hasSize(16)
                .startsWith(0x00, 0x87, 0x26)
                .endsWith(0x01, 0x41, 0x96);
    }

    @Test
    void recordsFromBeforeThereWereNguidsAreReadable() {
        var old = """
                {"vendor": "PURE", "product": "FlashArray", "revision": "8888", "serial": "%s", "naa": "%s"}
                """.formatted(SERIAL, NAA);

        var identity = Json.read(old.getBytes(StandardCharsets.UTF_8), UnitIdentity.class);

        assertThat(identity.nguid()).isEqualTo(NGUID);
        assertThat(Json.read(Json.write(identity), UnitIdentity.class)).isEqualTo(identity);
    }

    @Test
    void anArrayMayGiveAnother() {
        var given = "0123456789abcdef60002ac0fedcba98";
        var identity = new UnitIdentity("3PARdata", "VV", "4500", "1", "6" + "0".repeat(31), given);

        assertThat(Json.read(Json.write(identity), UnitIdentity.class).nguid()).isEqualTo(given);
    }
}
