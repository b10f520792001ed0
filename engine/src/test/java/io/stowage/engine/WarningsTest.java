package io.stowage.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.engine.Warning.Status;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WarningsTest extends EngineTest {
    private void loseTheArray() {
        world.faults().cutOff();
        assertThatThrownBy(() -> engine.pools().resources("p")).isInstanceOf(Refused.class);
    }

    private Warning only() {
        assertThat(engine.warnings().list()).hasSize(1);
        return engine.warnings().list().getFirst();
    }

    @Test
    void anArrayOutOfReachIsOneWarningUntilItIsBack() {
        assertThat(engine.warnings().list()).isEmpty();
        loseTheArray();
        loseTheArray();
        Warning warning = only();
        assertThat(warning.type()).isEqualTo("Storage pool unavailable");
        assertThat(warning.entity()).isEqualTo("p");
        assertThat(warning.status()).isEqualTo(Status.NEW);
        assertThat(warning.count()).isGreaterThanOrEqualTo(2);
        assertThat(warning.message()).isEqualTo("The array is out of reach");
        engine.settle();
        assertThat(only().status()).isEqualTo(Status.NEW);
        world.faults().heal();
        engine.settle();
        assertThat(only().status()).isEqualTo(Status.RESOLVED);
        loseTheArray();
        assertThat(only().status()).isEqualTo(Status.NEW);
    }

    @Test
    void anAcknowledgedWarningStaysSoUntilItIsResolved() {
        loseTheArray();
        assertThatThrownBy(() -> engine.warnings().mark(only().id(), Status.ACKNOWLEDGED, present -> {
                    throw new Refused(Refused.Kind.CHANGED, "It is " + present.status());
                }))
                .hasMessage("It is NEW");
        assertThat(only().status()).isEqualTo(Status.NEW);
        engine.warnings().mark(only().id(), Status.ACKNOWLEDGED, _ -> {});
        loseTheArray();
        assertThat(only().status()).isEqualTo(Status.ACKNOWLEDGED);
        assertThatThrownBy(() -> engine.warnings().mark(only().id(), Status.RESOLVED, _ -> {}))
                .hasMessageContaining("resolved");
        engine.warnings().delete(only().id());
        assertThat(engine.warnings().list()).isEmpty();
        assertThatThrownBy(() -> engine.warnings().get(UUID.randomUUID())).hasMessage("Warning not found");
    }

    @Test
    void aPoolThatIsGoneIsWarnedOfNoLonger() {
        loseTheArray();
        world.faults().heal();
        engine.pools().delete("p").await();
        engine.settle();
        assertThat(only().status()).isEqualTo(Status.RESOLVED);
    }
}
