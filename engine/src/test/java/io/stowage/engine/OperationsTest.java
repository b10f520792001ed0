package io.stowage.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.engine.Refused.Kind;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class OperationsTest extends EngineTest {
    @Test
    void eachChangeIsToldInOrder() throws Exception {
        List<Operation> told = new CopyOnWriteArrayList<>();
        try (AutoCloseable listening = engine.operations().listen(told::add)) {
            assertThat(listening).isNotNull();
            make("v");
        }
        make("w");
        assertThat(told).isNotEmpty().allMatch(each -> V.equals(each.volume()));
        assertThat(told.getFirst().state()).isEqualTo(OperationState.RUNNING);
        assertThat(told.getLast().state()).isEqualTo(OperationState.DONE);
    }

    @Test
    void whatFailedSaysWhy() {
        world.faults().fail("make", new Refused(Kind.FAILED, "mkfs failed"));
        Started<Volume> started = engine.volumes()
                .create(new VolumeCreation(V, io.stowage.model.ContentType.FILESYSTEM, "", java.util.Map.of()));
        refused(Kind.FAILED, "mkfs failed", started::await);
        Operation operation = engine.operations().await(started.id(), Duration.ofSeconds(60));
        assertThat(operation.state()).isEqualTo(OperationState.FAILED);
        assertThat(operation.error()).isEqualTo("mkfs failed");
        assertThat(operation.errorKind()).isEqualTo(Kind.FAILED);
        assertThat(operation.kind()).isEqualTo(OperationKind.VOLUME_CREATE);
        refused(
                Kind.BAD_INPUT,
                "Only running operations can be cancelled",
                () -> engine.operations().cancel(started.id()));
    }

    @Test
    void anUnknownOneIsNotFound() {
        refused(Kind.NOT_FOUND, "Operation not found", () -> engine.operations().get(new UUID(0, 1)));
    }
}
