package io.stowage.array;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.array.flasharray.Rest;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own. */
@Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class StowageArrayTest {
    @TempDir
    @Nullable
    Path folder;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void end() throws InterruptedException {
        synchronized (processes) {
            for (var process : processes) {
                process.destroyForcibly().waitFor();
            }
        }
    }

    private Path state() {
        return java.util.Objects.requireNonNull(folder).resolve("state");
    }

    private Process start(String... more) throws IOException {
        var arguments = new ArrayList<>(List.of("--state", state().toString()));
        arguments.addAll(List.of(more));
        return run(arguments);
    }

    private Process check() throws IOException {
        return run(List.of("check", state().toString()));
    }

    private Process run(List<String> arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path", ""),
                StowageArray.class.getName()));
        command.addAll(arguments);
        synchronized (processes) {
            var process = new ProcessBuilder(command).redirectError(errors()).start();
            processes.add(process);
            return process;
        }
    }

    private File errors() {
        return java.util.Objects.requireNonNull(folder).resolve("errors").toFile();
    }

    private Process serve() throws IOException {
        return start(
                "--flasharray",
                "127.0.0.1:0",
                "--portal",
                "127.0.0.1",
                "--iscsi-port",
                "0",
                "--nvme-port",
                "0",
                "--discovery-port",
                "0");
    }

    private ArrayEndpoints ready(Process process) throws IOException {
        var line = process.inputReader().readLine();
        if (line == null) {
            throw new AssertionError("The array ended: " + Files.readString(errors().toPath()));
        }
        assertThat(Files.readString(state().resolve("endpoints.json"))).isEqualTo(line + "\n");
        return ArrayEndpoints.parse(line);
    }

    @Test
    void whatWasAnsweredSurvivesAKill() throws Exception {
        var killed = serve();
        var endpoints = ready(killed);
        var file = state().resolve("endpoints.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        String volume;
        try (var rest = Rest.login(endpoints, "2.26")) {
            rest.post("pods?names=pool", "{}");
            volume = rest.post("volumes?names=pool::v", "{'provisioned': 1048576}")
                    .toString();
        }

        var second = serve();
        assertThat(second.waitFor()).isEqualTo(1);
        assertThat(errors()).content().contains("is in use by another stowage-array");
        assertThat(check().waitFor()).isEqualTo(1);

        killed.destroyForcibly().waitFor();
        var check = check();
        assertThat(check.inputReader().readLine()).isNull();
        assertThat(check.waitFor()).isZero();
        var again = serve();
        var same = ready(again);
        assertThat(same.flasharray().apiToken())
                .isEqualTo(endpoints.flasharray().apiToken());
        assertThat(same.flasharray().iscsi().iqn())
                .isEqualTo(endpoints.flasharray().iscsi().iqn());
        try (var rest = Rest.login(same, "2.26")) {
            assertThat(List.of(rest.one("volumes")).toString()).isEqualTo(volume);
        }
        again.destroy(); // SIGTERM
        assertThat(again.waitFor()).isZero();
    }

    @Test
    void anArrayWithoutAPersonalityIsRefusedInOneSentence() throws Exception {
        var process = start();
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(errors())
                .content()
                .isEqualTo("stowage-array: --flasharray and --alletra are missing:"
                        + " at least one, with the ADDRESS:PORT of its API\n");
    }
}
