package io.stowage.driver.pure;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.array.flasharray.ApiVersion;
import io.stowage.driver.Records;
import io.stowage.model.ByteSize;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The same on an array without tags of pods and in bodies. */
class OlderPureContractTest extends PureContractTest {
    @Override
    protected ApiVersion newest() {
        return ApiVersion.USUAL;
    }

    /** The array gets a newer release, and the pool stays what it is. */
    @Test
    void poolsFromBeforeAreStillOurs() throws Exception {
        var quota = Optional.of(ByteSize.ofGiB(3));
        var owner = UUID.randomUUID().toString();
        try (var pool = tested.open("old")) {
            pool.createPool(quota, owner, Records.ofPool());
            pool.writePoolRecord(Records.ofPool());
        }
        array.close();
        tested.close();
        tested = new EmbeddedFlashArray(folder, ApiVersion.NEWEST);
        array = tested.open("pool");
        try (var pool = tested.open("old")) {
            assertThat(pool.facts().api()).isEqualTo(ApiVersion.NEWEST.toString());
            assertThat(pool.space().total()).isEqualTo(quota.get());
            assertThat(pool.poolRecord()).contains(Records.ofPool());
            assertThat(pool.createPool(quota, owner, Records.ofPool())).isFalse();
            pool.deletePool(owner);
            assertThat(pool.poolExists()).isFalse();
        }
    }
}
