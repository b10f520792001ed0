package io.stowage.driver.alletra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.driver.ArrayTarget;
import io.stowage.model.ByteSize;
import io.stowage.model.InvalidValue;
import io.stowage.model.Portal;
import io.stowage.model.Protocol;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlletraDriverTest {
    private static final Map<String, String> LEAST = Map.of(
            "alletra.wsapi", "https://array.example",
            "alletra.user.name", "stowage",
            "alletra.user.password", "secret",
            "alletra.cpg", "SSD_r6");

    private final AlletraDriver driver = new AlletraDriver();

    private static Map<String, String> with(String key, String value) {
        var config = new HashMap<>(LEAST);
        config.put(key, value);
        return config;
    }

    @ParameterizedTest
    @CsvSource({
        "alletra.wsapi.verify, false",
        "alletra.wsapi.ca, file:array.crt",
        "alletra.mode, iscsi",
        "alletra.mode, nvme",
        "alletra.mode, nvme/tcp",
        "alletra.target, '10.0.0.1,10.0.0.2:4421'",
        "rsync.bwlimit, 10MB",
        "rsync.compression, false",
        "volume.size, 10GiB",
        "volume.block.filesystem, btrfs",
        "user.anything, goes"
    })
    void takesTheKeysOfThePool(String key, String value) {
        assertThatCode(() -> driver.validate("pool", with(key, value))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "alletra.wsapi, http://array.example",
        "alletra.wsapi, https://array.example/api/v1",
        "alletra.wsapi.verify, perhaps",
        "alletra.wsapi.ca, not a certificate",
        "alletra.mode, fc",
        "alletra.target, array.example",
        "alletra.cpg, -x",
        "alletra.cpg, a b",
        "alletra.nonsense, 1",
        "volume.size, big"
    })
    void refusesWhatIsWrong(String key, String value) {
        assertThatThrownBy(() -> driver.validate("pool", with(key, value)))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("\"" + key + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"alletra.wsapi", "alletra.user.name", "alletra.user.password", "alletra.cpg"})
    void asksForWhatItNeeds(String key) {
        var config = new HashMap<>(LEAST);
        config.remove(key);
        assertThatThrownBy(() -> driver.validate("pool", config))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("\"" + key + "\" is required");
    }

    @Test
    void aPoolHasNoQuota() {
        assertThatThrownBy(() -> driver.validate("pool", with("size", "1TiB")))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("\"size\"")
                .hasMessageContaining("no quota");
        assertThat(driver.capabilities().poolQuota()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-a", "a b", "a/b", "aaaaaaaaaabbbbbbbbbbccccccccccdd"})
    void refusesNamesThatNoSetCanHave(String name) {
        assertThatThrownBy(() -> driver.validate(name, LEAST)).isInstanceOf(InvalidValue.class);
    }

    @Test
    void thePasswordIsSecret() {
        assertThat(driver.poolKeys().isSecret("alletra.user.password")).isTrue();
        assertThat(driver.poolKeys().isSecret("alletra.user.name")).isFalse();
    }

    @Test
    void theModeStaysHoweverItIsWritten() {
        var nvme = with("alletra.mode", "nvme");
        assertThat(driver.protocol(nvme)).contains(Protocol.NVME_TCP);
        assertThatCode(() -> driver.validateChange("pool", nvme, with("alletra.mode", "nvme/tcp")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> driver.validateChange("pool", nvme, with("alletra.mode", "iscsi")))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("\"alletra.mode\" cannot be changed");
        assertThat(driver.withProtocol(LEAST, Protocol.ISCSI)).containsEntry("alletra.mode", "iscsi");
    }

    @Test
    void theSamePlaceIsTheSameWhateverItsGroupIs() {
        var source = driver.source("pool", LEAST);
        assertThat(driver.source("pool", with("alletra.wsapi", "https://ARRAY.example:443/")))
                .isEqualTo(source);
        assertThat(driver.source("pool", with("alletra.cpg", "other"))).isEqualTo(source);
        assertThat(driver.source("other", LEAST)).isNotEqualTo(source);
    }

    @Test
    void targetsAreTheNamedOnesOrAll() {
        var told = new ArrayTarget(Protocol.NVME_TCP, Optional.empty(), List.of(new Portal("10.0.0.3", 4420)));
        assertThat(driver.portals(LEAST, told)).containsExactly(new Portal("10.0.0.3", 4420));
        assertThat(driver.portals(with("alletra.target", "10.0.0.1:4499, 10.0.0.2"), told))
                .containsExactly(new Portal("10.0.0.1", 4499), new Portal("10.0.0.2", 4420));
    }

    /** Section 6 of the reference: sizes are multiples of 256 MiB. */
    @Test
    void sizesAreMultiplesOf256MiB() {
        var capabilities = driver.capabilities();
        assertThat(capabilities.round(new ByteSize(1))).isEqualTo(ByteSize.ofMiB(256));
        assertThat(capabilities.round(ByteSize.ofMiB(256))).isEqualTo(ByteSize.ofMiB(256));
        assertThat(capabilities.round(new ByteSize((256L << 20) + 1))).isEqualTo(ByteSize.ofMiB(512));
        assertThat(capabilities.vmFilesystemSize()).isEqualTo(ByteSize.ofMiB(256));
        assertThat(capabilities.shrinks()).isFalse();
    }
}
