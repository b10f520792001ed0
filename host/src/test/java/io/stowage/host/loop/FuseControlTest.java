package io.stowage.host.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.system.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FuseControlTest {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @AfterEach
    void sweep() throws IOException {
        Sweeper.sweep(folder);
    }

    @Test
    void anAbortedDeviceFailsAtOnceThoughServerAndHolderLive() throws Exception {
        Path state = Files.createDirectories(folder.resolve("state"));
        ServerProcess server = ServerProcess.start(state, folder.resolve("blocks"), 16 << 20, Duration.ofSeconds(100));
        long inode = DeviceRecord.of(state.resolve("devices"), ExportServer.KEY)
                .read()
                .orElseThrow()
                .inode();
        LoopDevice device = new LoopDevice(server.device());
        device.abort(inode + 1);
        read(server.device()).runOrThrow();
        device.abort(inode);
        assertThat(read(server.device()).run().complaint()).contains("Input/output error");
        assertThat(Files.readString(Path.of("/proc/self/mountinfo"))).doesNotContain("stowage-fusectl");
        server.kill();
    }

    private static Command read(Path device) {
        return Command.of("dd", "if=" + device, "of=/dev/null", "bs=4k", "count=1", "iflag=direct");
    }
}
