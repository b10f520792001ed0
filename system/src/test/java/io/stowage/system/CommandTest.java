package io.stowage.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CommandTest {
    @Test
    void whatAProgramSaysIsKept() throws CommandFailed {
        Command.Result result =
                Command.of("sh", "-c", "echo out; echo err >&2; exit 3").run();
        assertThat(result).isEqualTo(new Command.Result(3, "out\n", "err\n"));
        assertThat(result.complaint()).isEqualTo("err");
    }

    @Test
    void aFailureNamesCommandStatusAndComplaint() {
        assertThatThrownBy(
                        () -> Command.of("sh", "-c", "echo no good >&2; exit 7").runOrThrow())
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("status 7")
                .hasMessageContaining("no good");
    }

    @Test
    void aMissingProgramIsNamed() {
        assertThatThrownBy(() -> Command.of("never-there").run())
                .isInstanceOf(ToolMissing.class)
                .hasMessageContaining("\"never-there\"");
    }

    @Test
    void standardInputIsEmpty() throws CommandFailed {
        assertThat(Command.of("cat").runOrThrow().output()).isEmpty();
    }

    @Test
    void aProgramThatDoesNotEndIsKilled() {
        assertThatThrownBy(() -> Command.of("sleep", "1000")
                        .withDeadline(Duration.ofMillis(100))
                        .run())
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("did not end");
    }

    @Test
    void muchOutputNeitherBlocksNorFillsTheMemory() throws CommandFailed {
        Command.Result result = Command.of("sh", "-c", "yes | head -c 5000000; yes | head -c 5000000 >&2")
                .runOrThrow();
        assertThat(result.output().length()).isBetween(100_000, 2_000_000);
    }

    @Test
    void anInterruptIsKeptForTheCallerAndEndsNothing() throws CommandFailed {
        Thread.currentThread().interrupt();
        Command.Result result = Command.of("sh", "-c", "sleep 0.1; echo done").run();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(result.output()).isEqualTo("done\n");
    }
}
