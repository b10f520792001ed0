package io.stowage.driver.pure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.driver.ArrayTarget;
import io.stowage.driver.PoolSettings;
import io.stowage.model.InvalidValue;
import io.stowage.model.Portal;
import io.stowage.model.Protocol;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The configuration of pure pools. */
class PureDriverTest {
    private static final Map<String, String> LEAST =
            Map.of("pure.gateway", "https://array.example", "pure.api.token", "secret-token");

    private static final ArrayTarget TOLD = new ArrayTarget(
            Protocol.ISCSI,
            Optional.of("iqn.2010-06.com.purestorage:flasharray.0"),
            List.of(new Portal("10.0.0.3", 7001), new Portal("10.0.0.4", 7001)));

    private final PureDriver driver = new PureDriver();

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "pure.gateway.verify;false",
                "pure.gateway.ca;file:array.crt",
                "pure.mode;iscsi",
                "pure.mode;nvme/tcp",
                "pure.mode;nvme",
                "pure.target;10.0.0.1,10.0.0.2:3261",
                "pure.iscsi.address;10.0.0.1",
                "size;1TiB",
                "volume.size;20GiB",
                "volume.block.filesystem;xfs",
                "volume.snapshots.expiry;1w",
                "rsync.bwlimit;10MB",
                "rsync.compression;false",
                "user.anything;goes"
            })
    void takesTheKeysOfThePool(String key, String value) {
        assertThatCode(() -> driver.validate("pool", with(key, value))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "pure.gateway;array.example",
                "pure.gateway;http://array.example",
                "pure.gateway;https://array.example/api",
                "pure.gateway;https://user@array.example",
                "pure.gateway.verify;perhaps",
                "pure.mode;fc",
                "pure.target;array.example",
                "pure.iscsi.address;x",
                "size;1 TiB",
                "volume.size;big",
                "volume.block.filesystem;zfs",
                "pure.gateway.ca;not a certificate",
                "pure.nonsense;1",
                "volume.volume.size;1GiB"
            })
    void refusesBadOnesByName(String key, String value) {
        assertThatThrownBy(() -> driver.validate("pool", with(key, value)))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("\"" + key + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pure.gateway", "pure.api.token"})
    void asksForWhatItNeeds(String key) {
        assertThatThrownBy(() -> driver.validate("pool", with(key, "")))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("\"" + key + "\" is required");
    }

    @Test
    void oldAndNewWordForTheTargetExcludeEachOther() {
        var config = new HashMap<>(with("pure.target", "10.0.0.1"));
        config.put("pure.iscsi.address", "10.0.0.1");
        assertThatThrownBy(() -> driver.validate("pool", config))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("pure.target")
                .hasMessageContaining("pure.iscsi.address");
    }

    @Test
    void eitherWordGivesThePortals() {
        for (var key : new String[] {"pure.target", "pure.iscsi.address"})
            assertThat(driver.portals(with(key, "10.0.0.1,10.0.0.2:99,10.0.0.3"), TOLD))
                    .containsExactly(
                            new Portal("10.0.0.1", 3260), new Portal("10.0.0.2", 99), new Portal("10.0.0.3", 7001));
        assertThat(driver.portals(LEAST, TOLD)).isEqualTo(TOLD.portals());
    }

    @Test
    void theModeStaysHoweverItIsWritten() {
        assertThatThrownBy(() -> driver.validateChange("pool", with("pure.mode", "iscsi"), with("pure.mode", "nvme")))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("pure.mode");
        assertThatCode(() -> driver.validateChange("pool", with("pure.mode", "nvme"), with("pure.mode", "nvme/tcp")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a_b", "a.b", "-a", "1", "a-", "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggg"
            })
    void refusesNamesThatNoPodCanHave(String pool) {
        assertThatThrownBy(() -> driver.validate(pool, LEAST))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining(pool);
    }

    @Test
    void theSamePlaceIsTheSameHoweverItIsWritten() {
        var source = driver.source("pool", LEAST);
        assertThat(driver.source("Pool", with("pure.gateway", "https://Array.Example:443/")))
                .isEqualTo(source);
        assertThat(driver.source("pool2", LEAST)).isNotEqualTo(source);
        assertThat(driver.source("pool", with("pure.gateway", "https://array.example:8443")))
                .isNotEqualTo(source);
    }

    @Test
    void tokensAreNeverNamed() {
        assertThatThrownBy(() -> driver.validate("pool", with("pure.api.token", "secret\ntoken")))
                .isInstanceOf(InvalidValue.class)
                .hasMessageNotContaining("secret");
        assertThat(driver.poolKeys().isSecret("pure.api.token")).isTrue();
        assertThat(new PoolSettings("pool", LEAST, folder).toString()).doesNotContain("secret-token");
    }

    @Test
    void filesComeOnlyFromTheFolderOfSecrets() throws Exception {
        var secrets = Files.createDirectory(folder.resolve("secrets"));
        Files.writeString(secrets.resolve("token"), "inside");
        Files.writeString(folder.resolve("outside"), "outside");
        assertThat(new PoolSettings("pool", with("pure.api.token", "file:token"), secrets).text("pure.api.token"))
                .isEqualTo("inside");
        for (var path : new String[] {"../outside", folder.resolve("outside").toString(), "missing"})
            assertThatThrownBy(() -> new PoolSettings("pool", with("pure.gateway.ca", "file:" + path), secrets)
                            .text("pure.gateway.ca"))
                    .isInstanceOf(InvalidValue.class);
    }

    private static Map<String, String> with(String key, String value) {
        var config = new HashMap<>(LEAST);
        config.put(key, value);
        return config;
    }
}
