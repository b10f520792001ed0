package io.stowage.nvme.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys and groups against what others make of them. */
class SecretTest {
    private static final String NQN = "nqn.2014-08.org.nvmexpress:uuid:11111111-2222-3333-4444-555555555555";

    private static String plain(int hash, int length) {
        var key = new byte[length];
        for (int i = 0; i < length; i++) {
            key[i] = (byte) i;
        }
        var whole = Arrays.copyOf(key, length + 4);
        var crc = new CRC32();
        crc.update(key);
        ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).putInt(length, (int) crc.getValue());
        return "DHHC-1:0" + hash + ":" + Base64.getEncoder().encodeToString(whole) + ":";
    }

    /** {@code nvme gen-dhchap-key --hmac=0 --secret=0001…1f} of nvme-cli 2.3. */
    @Test
    void aKeyWithoutTransformationIsTakenAsItIs() {
        var text = "DHHC-1:00:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh+KfiaR:";
        assertThat(plain(0, 32)).isEqualTo(text);
        assertThat(Secret.parse(text).orElseThrow().keyOf(NQN))
                .isEqualTo(HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"));
    }

    /** The keys that {@code nvme gen-dhchap-key --hmac=… --nqn=NQN --secret=0001…} of nvme-cli 2.3 prints, transformed. */
    @ParameterizedTest
    @CsvSource({
        "1, 32, bOHk6jHoMxpP5YJr/eF6XNOGuPAzh0iRniebpsVb9ydqVuR5",
        "2, 48, JzgkyQ7IBRNgZgoVJQTRqDZ62Hnj5/kZ+vrrqjiE4TzoZZv5ycVS5cOLCiZ1bQfVVxJqow==",
        "3, 64, D+Ucidhr9Oh00yaKCrMLB2s2c/hsojlyxwni12p59UZ78f4YQ6UMpEcQG4yaPnLJFkljK+euytryvvQe2rYShiu0Vv0="
    })
    void keysAreMadeForOneName(int hash, int length, String transformed) {
        var expected = Arrays.copyOf(Base64.getDecoder().decode(transformed), length);
        assertThat(Secret.parse(plain(hash, length)).orElseThrow().keyOf(NQN)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secretofhost1",
                "DHHC-1:00:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh+KfiaS:", // another checksum
                "DHHC-1:00:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh+KfiaR",
                "DHHC-1:04:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh+KfiaR:",
                "DHHC-2:00:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh+KfiaR:",
                "DHHC-1:00:AAECAwQFBgcICQo=:", // too short
                "DHHC-1:00:AAECA:"
            })
    void whatIsNoKeyIsRefused(String text) {
        assertThat(Secret.parse(text)).isEmpty();
    }

    @Test
    void secretsAreNotPrinted() {
        assertThat(Secret.parse(plain(0, 32)).orElseThrow()).hasToString("(hidden)");
    }

    /** SHA-256 of the primes that {@code openssl genpkey -genparam -pkeyopt group:ffdhe…} of OpenSSL 3.0 prints. */
    @ParameterizedTest
    @CsvSource({
        "FFDHE_2048, 2048, 9cd3b7f336872f46c09428d1bbc19877a4d440512cda8d1c1cf0cd6e33698966",
        "FFDHE_3072, 3072, 0eaf67db3a839156d5013494a5318a772b5697d270d721f37f092efc69ea5a17",
        "FFDHE_4096, 4096, 4648414224ac881b3d0dc59b466f96d06a558278776807797ecf1f66ff397b3e",
        "FFDHE_6144, 6144, 227ac9066b3ddd9e193670cda2388fa884f65ba0cf98b742d1fe77a6687c79c7",
        "FFDHE_8192, 8192, 770b14efaf6f049929c523113b3fa99a8d11dab1b18af3609590122075d19833"
    })
    void groupsAreThoseOfOpenSsl(Group group, int bits, String digest) throws Exception {
        assertThat(group.bytes()).isEqualTo(bits / 8);
        var prime = HexFormat.of().parseHex(group.prime().toString(16));
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(prime)))
                .isEqualTo(digest);
    }

    @Test
    void bothSidesOfAnExchangeKnowTheSame() {
        var one = Group.FFDHE_2048.begin(new Random(1));
        var other = Group.FFDHE_2048.begin(new Random(2));
        var shared = one.shared(other.publicValue()).orElseThrow();
        assertThat(other.shared(one.publicValue())).hasValue(shared);
        assertThat(shared).hasSize(256);
    }

    /** Values by which a secret would be no secret: 0, 1, p-1, p; RFC 7919, section 5.1. */
    @Test
    void valuesThatGiveTheSecretAwayAreRefused() {
        var exchange = Group.FFDHE_2048.begin(new Random(1));
        var prime = Group.FFDHE_2048.prime();
        for (var value : new BigInteger[] {BigInteger.ZERO, BigInteger.ONE, prime.subtract(BigInteger.ONE), prime}) {
            var bytes = HexFormat.of().parseHex("%0512x".formatted(value));
            assertThat(exchange.shared(bytes)).isEmpty();
        }
        assertThat(exchange.shared(new byte[] {2})).isEmpty();
    }
}
