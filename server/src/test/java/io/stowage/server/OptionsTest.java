package io.stowage.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.server.settings.ListenAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
    @Test
    void onlyTheStateFolderIsNeeded() throws Exception {
        var options = Options.parse(List.of("--state", "/var/lib/../lib/stowage"));
        assertThat(options.state()).isEqualTo(Path.of("/var/lib/stowage"));
        assertThat(options.database()).isEqualTo("sqlite:/var/lib/stowage/stowage.db");
        assertThat(options.secretKey()).isEqualTo(Path.of("/var/lib/stowage/secret.key"));
        assertThat(options.connector()).isEqualTo(Options.ConnectorChoice.AUTO);
        assertThat(options.group()).isEmpty();
        assertThat(options.holderTimeout()).isEqualTo(Duration.ofSeconds(600));
        assertThat(options.name()).isNotEmpty();
    }

    @Test
    void everyOptionIsTakenInBothForms() throws Exception {
        var options = Options.parse(List.of(
                "--state=/s",
                "--database",
                "postgresql://x/y",
                "--name=host-01.example",
                "--connector",
                "userspace",
                "--group",
                "disk",
                "--secret-key=/k",
                "--holder-timeout",
                "5",
                "--listen",
                "[::1]:9443"));
        assertThat(options)
                .isEqualTo(new Options(
                        Path.of("/s"),
                        "postgresql://x/y",
                        "host-01.example",
                        Options.ConnectorChoice.USERSPACE,
                        java.util.Optional.of("disk"),
                        Path.of("/k"),
                        Duration.ofSeconds(5),
                        java.util.Optional.of(ListenAddress.parse("[::1]:9443"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--state",
                "--state=",
                "--state /a --state /b",
                "--state /a --colour red",
                "--state /a surplus",
                "--state /a --connector carrier-pigeon",
                "--state /a --name -x",
                "--state /a --holder-timeout soon",
                "--state /a --holder-timeout -1",
                "--state /a --listen host.example:8443",
            })
    void badLinesAreOneSentence(String line) {
        var arguments = line.isEmpty() ? List.<String>of() : List.of(line.split(" "));
        assertThatThrownBy(() -> Options.parse(arguments))
                .isInstanceOf(BadOption.class)
                .message()
                .isNotEmpty()
                .doesNotContain("\n");
    }
}
