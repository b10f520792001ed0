package io.stowage.array.flasharray;

import io.stowage.array.ArrayInABox;
import io.stowage.array.ArrayOptions;
import io.stowage.array.core.LogicalUnits;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** A whole array on loopback, with its real store, and a client that has logged in. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
abstract class ArrayTest {
    final ManualTime time = new ManualTime();

    @TempDir
    @Nullable
    Path state;

    private @Nullable ArrayInABox running;
    private @Nullable Rest client;

    @BeforeEach
    void start() throws Exception {
        start("2.26");
    }

    private void start(String version) throws Exception {
        var newest = ApiVersion.parse(version).orElseThrow();
        var usual = ArrayOptions.loopback(state()).withRestVersion(newest);
        running = ArrayInABox.start(options(usual), time);
        client = Rest.login(running.endpoints(), version);
    }

    /** What a test wants to be otherwise than usual. */
    ArrayOptions options(ArrayOptions usual) {
        return usual;
    }

    @AfterEach
    void stop() {
        if (client != null) {
            client.close();
        }
        if (running != null) {
            running.close();
        }
    }

    /** Ends the array and starts it again on the same folder. */
    void restart() throws Exception {
        restart("2.26");
    }

    /** As an array whose newest REST version is this one. */
    void restart(String version) throws Exception {
        stop();
        start(version);
    }

    Path state() {
        return Objects.requireNonNull(state).resolve("array");
    }

    ArrayInABox array() {
        return Objects.requireNonNull(running);
    }

    LogicalUnits units() {
        return array().units();
    }

    Rest rest() {
        return Objects.requireNonNull(client);
    }
}
