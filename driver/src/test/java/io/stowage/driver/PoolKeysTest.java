package io.stowage.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.driver.alletra.AlletraDriver;
import io.stowage.driver.pure.PureDriver;
import io.stowage.model.ConfigKey;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Clients make their forms of what {@code /1.0/metadata/configuration} tells of pools, so that it must be complete: the keys
 * are those of the documents.
 */
class PoolKeysTest {
    private static final List<String> COMMON = List.of(
            "volume.size",
            "volume.block.filesystem",
            "volume.block.mount_options",
            "volume.security.shared",
            "volume.security.shifted",
            "volume.security.unmapped",
            "volume.snapshots.expiry",
            "volume.snapshots.pattern",
            "volume.snapshots.schedule",
            "rsync.bwlimit",
            "rsync.compression");

    private static List<String> keys(ArrayDriver driver) {
        return driver.poolKeys().keys().stream().map(ConfigKey::name).toList();
    }

    private static void mustBeDescribed(ArrayDriver driver) {
        assertThat(driver.poolKeys().keys())
                .allSatisfy(key -> assertThat(key.description()).as(key.name()).isNotBlank());
    }

    @Test
    void pureHasItsKeys() {
        assertThat(keys(new PureDriver()))
                .containsAll(COMMON)
                .contains(
                        "size",
                        "pure.gateway",
                        "pure.gateway.verify",
                        "pure.api.token",
                        "pure.mode",
                        "pure.target",
                        "pure.iscsi.address");
        mustBeDescribed(new PureDriver());
    }

    @Test
    void alletraHasItsKeys() {
        assertThat(keys(new AlletraDriver()))
                .containsAll(COMMON)
                .contains(
                        "alletra.wsapi",
                        "alletra.wsapi.verify",
                        "alletra.user.name",
                        "alletra.user.password",
                        "alletra.cpg",
                        "alletra.mode",
                        "alletra.target");
        mustBeDescribed(new AlletraDriver());
    }
}
