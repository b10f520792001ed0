package io.stowage.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.database.Database;
import io.stowage.driver.ArrayFull;
import io.stowage.engine.Refused.Kind;
import io.stowage.engine.fake.World;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PoolsTest extends EngineTest {
    private static Map<String, String> pool(String... more) {
        Map<String, String> config = new HashMap<>(World.POOL);
        config.put("fake.gateway", "https://other");
        for (int i = 0; i < more.length; i += 2) {
            config.put(more[i], more[i + 1]);
        }
        return config;
    }

    private Started<Pool> create(String name, Map<String, String> config) {
        return engine.pools().create(name, "fake", "", config);
    }

    @Test
    void aPoolIsAPodWithItsQuotaAndFolders() {
        Pool pool = create("q", pool("size", "10GiB")).await();

        assertThat(pool.status()).isEqualTo(PoolStatus.CREATED);
        assertThat(pool.config()).isEqualTo(pool("size", "10GiB"));
        assertThat(world.quota("q")).contains("10GiB");
        assertThat(engine.pools().resources("q").totalBytes()).isEqualTo(10L << 30);
        assertThat(folder.resolve("storage-pools/q/custom-snapshots")).isDirectory();
        assertThat(engine.pools().list()).extracting(Pool::name).containsExactly("p", "q");
    }

    @Test
    void anUnsetModeIsTheFirstThatArrayAndHostBothSpeak() {
        Map<String, String> config = pool();
        config.remove("fake.mode");
        assertThat(create("q", config).await().config()).containsEntry("fake.mode", "iscsi");
    }

    @Test
    void secretsAreReadAsTheyWereGivenButSealedAtRestAndNotOnTheArray() throws Exception {
        assertThat(engine.pools().get("p").config()).containsEntry("fake.token", "s3cr3t");
        engine.pools().update("p", "", World.POOL).await();

        assertThat(world.poolRecord("p").orElseThrow().config()).doesNotContainKey("fake.token");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("secret.key"))))
                .isEqualTo("rw-------");
        world.close();
        try (Database database = Database.open("sqlite:" + folder.resolve("stowage.db"))) {
            String stored = database.read(tx -> tx.poolConfig().all().toString()
                    + tx.poolSecrets().all()
                    + tx.operationInput().all());
            assertThat(stored).doesNotContain("s3cr3t").contains("fake.gateway");
        }
        engine = world.open();
        assertThat(engine.pools().get("p").config()).containsEntry("fake.token", "s3cr3t");
    }

    @Test
    void badInputIsRefusedBeforeAnythingHappens() {
        refused(Kind.BAD_INPUT, "Unknown driver \"nope\"", () -> engine.pools().create("q", "nope", "", pool()));
        refused(Kind.BAD_INPUT, "\"fake.nope\"", () -> create("q", pool("fake.nope", "1")));
        refused(Kind.BAD_INPUT, "Invalid value \"10G\" for key \"size\"", () -> create("q", pool("size", "10G")));
        refused(Kind.BAD_INPUT, "\"fake.gateway\" is required", () -> create("q", Map.of("fake.token", "t")));
        refused(Kind.BAD_INPUT, "slash", () -> create("a/b", pool()));
        refused(Kind.UNSUPPORTED, "nvme/tcp", () -> create("q", pool("fake.mode", "nvme/tcp")));
        refused(Kind.CONFLICT, "already exists", () -> create("p", pool()));
        assertThat(world.pods()).containsExactly("p");
    }

    @Test
    void aPoolOfSomebodyElseStaysAsItIs() {
        world.store().addForeignPool("q");
        refused(Kind.CONFLICT, "Pod already exists", () -> create("q", pool()).await());
        assertThat(world.pods()).containsExactly("p", "q");
        assertThat(engine.pools().list()).hasSize(1);
        world.store().removePool("q");
    }

    @Test
    void whatTheArrayRefusesLeavesNothing() {
        world.faults().fail("createPool", new ArrayFull("create pod \"q\"", "Not enough space."));
        refused(Kind.FULL, "Not enough space.", () -> create("q", pool()).await());
        refused(Kind.NOT_FOUND, "pool not found", () -> engine.pools().get("q"));
        assertThat(folder.resolve("storage-pools/q")).doesNotExist();
    }

    @Test
    void anArrayOutOfReachLeavesNothing() {
        world.faults().cutOff();
        refused(Kind.UNAVAILABLE, "out of reach", () -> create("q", pool()).await());
        assertThat(engine.pools().list()).hasSize(1);
        assertThat(folder.resolve("storage-pools/q")).doesNotExist();
        // Nothing that may have been made is there to be taken back, so nobody waits for an address that may be
        // mistyped.
        assertThat(engine.operations().list())
                .filteredOn(operation -> operation.kind() == OperationKind.POOL_CREATE)
                .extracting(Operation::state)
                .doesNotContain(OperationState.RUNNING, OperationState.UNDOING)
                .contains(OperationState.FAILED);
        refused(Kind.UNAVAILABLE, "out of reach", () -> engine.pools().delete("p"));
        refused(Kind.UNAVAILABLE, "out of reach", () -> engine.pools().resources("p"));
        assertThat(engine.pools().get("p").status()).isEqualTo(PoolStatus.CREATED);
    }

    @Test
    void theQuotaCanGrowAndGoButNotShrink() {
        Map<String, String> config = new HashMap<>(World.POOL);
        config.put("size", "10GiB");
        engine.pools().update("p", "about", config).await();
        assertThat(world.quota("p")).contains("10GiB");
        assertThat(engine.pools().get("p").description()).isEqualTo("about");

        config.put("size", "5GiB");
        refused(Kind.BAD_INPUT, "Pool cannot be shrunk", () -> engine.pools().update("p", "", config));
        config.put("size", "");
        engine.pools().update("p", "", config).await();
        assertThat(world.quota("p")).isEmpty();
        assertThat(engine.pools().get("p").config()).doesNotContainKey("size");
        config.put("fake.mode", "nvme/tcp");
        refused(Kind.BAD_INPUT, "fake.mode", () -> engine.pools().update("p", "", config));
    }

    @Test
    void aPoolWithVolumesStays() {
        make("v");
        refused(Kind.IN_USE, "currently in use", () -> engine.pools().delete("p"));
        engine.volumes().delete(V).await();
        engine.pools().delete("p").await();
        assertThat(world.pods()).isEmpty();
        assertThat(folder.resolve("storage-pools/p")).doesNotExist();
    }
}
