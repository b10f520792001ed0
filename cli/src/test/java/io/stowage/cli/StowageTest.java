package io.stowage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StowageTest {
    @TempDir
    Path state;

    private record Ran(int status, String out, String err) {}

    private static Ran run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = Stowage.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                args);
        return new Ran(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void helpNamesEveryGroup() {
        Ran help = run("--help");
        assertThat(help.status()).isZero();
        assertThat(help.out()).contains("pool", "volume", "snapshot", "operation", "remote", "completion");
        assertThat(run("volume", "--help").out()).contains("attach", "detach", "mount", "unmount", "restore");
    }

    @Test
    void whatIsNotACommandIsSaid() {
        Ran ran = run("volume", "explode");
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err()).startsWith("Error: ").contains("explode");
    }

    @Test
    void withoutAServerThereIsOneSentence() {
        Ran ran = run("pool", "list", "--state", state.toString());
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err()).startsWith("Error: no server answers on " + state).hasLineCount(1);
    }

    @Test
    void anArgumentWithoutEqualsSignIsNamed() {
        Ran ran = run("pool", "create", "p", "pure", "size", "--state", state.toString());
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err()).isEqualTo("Error: \"size\" is not of the form key=value\n");
    }

    @Test
    void aServerIsHereOrElsewhere() {
        Ran ran = run("volume", "list", "p", "--state", state.toString(), "--remote", "far");
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err())
                .startsWith("Error: --state and --remote can't both be given")
                .hasLineCount(1);
    }

    @Test
    void aServerThatNothingIsKnownOfIsNotAdded() {
        Ran ran = run("remote", "add", "far-" + ProcessHandle.current().pid(), "192.0.2.1");
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err()).contains("192.0.2.1", "token", "--fingerprint").hasLineCount(1);
    }

    @Test
    void yamlIsReadAsItIsWrittenAndPlainValuesAreTexts() {
        var object = io.stowage.client.Json.parse(
                "{\"description\":\"a: b\",\"config\":{\"size\":\"10\",\"user.x\":\"true\"}}");
        assertThat(Yaml.read(Yaml.write(object))).isEqualTo(object);
        assertThat(Yaml.read("config:\n  size: 10\n  user.x: true\ndescription: ''\n")
                        .compact())
                .isEqualTo("{\"config\":{\"size\":\"10\",\"user.x\":\"true\"},\"description\":\"\"}");
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> Yaml.read("config: [\n"))
                .isInstanceOf(Wrong.class)
                .hasMessageStartingWith("That is not YAML: ");
    }

    @Test
    void theCommonCommandsAreTheParsersCommands() {
        for (String group : new String[] {"pool", "operation"}) {
            assertThat(run(group, "list").err())
                    .isEqualTo(run(group, "list", "--format", "table").err());
            assertThat(run(group, "list", "--help").out()).startsWith("Usage: stowage " + group + " list");
        }
    }
}
