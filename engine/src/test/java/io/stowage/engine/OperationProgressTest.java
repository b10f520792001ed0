package io.stowage.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.engine.OperationProgress.Stage;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Texts in the form that LXD 5.0.2 was seen to give (lxd-api.md, section 8.5). */
class OperationProgressTest {
    @Test
    void bytesAreToldWithTheirPace() {
        OperationProgress progress =
                OperationProgress.bytes(Stage.BLOCK, "content", 107_880_000, 215_760_000, Duration.ofSeconds(1));
        assertThat(progress.text()).isEqualTo("content: 50% (107.88MB/s)");
        assertThat(progress.stage().key()).isEqualTo("block_progress");
        assertThat(OperationProgress.bytes(Stage.FILES, "content", 999, 0, Duration.ofSeconds(1))
                        .text())
                .isEqualTo("content: 100% (999B/s)");
        assertThat(OperationProgress.bytes(Stage.BLOCK, "content", 108_070_000, Duration.ofMillis(500))
                        .text())
                .isEqualTo("content: 108.07MB (216.14MB/s)");
    }

    @Test
    void whatIsKeptIsReadAgain() {
        for (Stage stage : Stage.values()) {
            OperationProgress progress = new OperationProgress(stage, "a|b: 1% (2.00kB/s)");
            assertThat(OperationProgress.parse(progress.toString())).isEqualTo(progress);
        }
        assertThat(OperationProgress.parse("snapshot 2 of 5").stage().key()).isEqualTo("volume_progress");
    }
}
