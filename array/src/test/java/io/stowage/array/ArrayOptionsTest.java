package io.stowage.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.array.flasharray.ApiVersion;
import io.stowage.model.ByteSize;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArrayOptionsTest {
    private static ArrayOptions parse(String line) throws BadOption {
        return ArrayOptions.parse(List.of(line.split(" ", -1)));
    }

    @Test
    void whatIsLeftOutHasItsDefault() throws Exception {
        var options = parse("--state /a/../b --flasharray 127.0.0.1:8443");
        assertThat(options.state()).isEqualTo(Path.of("/b"));
        assertThat(options.flasharray().orElseThrow().getPort()).isEqualTo(8443);
        assertThat(options.portals()).containsExactly(InetAddress.ofLiteral("127.0.0.1"));
        assertThat(options.ports()).isEqualTo(new ArrayOptions.Ports(3260, 4420, 8009));
        assertThat(options.capacity()).isEqualTo(ByteSize.parse("1TiB"));
        assertThat(options.latency()).isZero();
        assertThat(options.restVersion()).isEqualTo(ApiVersion.USUAL);
    }

    @Test
    void whatIsGivenIsTaken() throws Exception {
        var options = parse(
                "--state=/s --flasharray [::1]:443 --portal 127.0.0.2 --portal ::1 --iscsi-port 0 --nvme-port 4421 --discovery-port 0"
                        + " --capacity 5GiB --latency 20 --rest-version 2.22");
        assertThat(options.portals()).containsExactly(InetAddress.ofLiteral("127.0.0.2"), InetAddress.ofLiteral("::1"));
        assertThat(options.ports()).isEqualTo(new ArrayOptions.Ports(0, 4421, 0));
        assertThat(options.capacity()).isEqualTo(ByteSize.ofGiB(5));
        assertThat(options.latency()).isEqualTo(Duration.ofMillis(20));
        assertThat(options.restVersion()).isEqualTo(new ApiVersion(2, 22));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --state /s                                          | --flasharray and --alletra are missing
            --flasharray 127.0.0.1:1                            | --state is missing
            --state /s --flasharray 127.0.0.1                   | "127.0.0.1" for --flasharray: must be ADDRESS:PORT
            --state /s --flasharray host:1                      | "host" for --flasharray: must be an IP address
            --state /s --flasharray 127.0.0.1:65536             | "65536" for --flasharray
            --state /s --flasharray 127.0.0.1:1 --portal x      | "x" for --portal: must be an IP address
            --state /s --flasharray 127.0.0.1:1 --capacity 1    | "1" for --capacity: must be a size of at least 1MiB
            --state /s --flasharray 127.0.0.1:1 --capacity 1Gi  | "1Gi" for --capacity
            --state /s --flasharray 127.0.0.1:1 --latency -1    | "-1" for --latency
            --state /s --flasharray 127.0.0.1:1 --rest-version 2.12 | "2.12" for --rest-version
            --state /s --flasharray 127.0.0.1:1 --state /t      | --state is given twice
            --state /s --flasharray 127.0.0.1:1 --latency       | --latency needs a value
            --state /s --flasharray 127.0.0.1:1 --nvme-port x   | "x" for --nvme-port
            --state /s --alletra 127.0.0.1                      | "127.0.0.1" for --alletra: must be ADDRESS:PORT
            --stat /s                                           | Unknown option "--stat": must be one of --state
            """)
    void whatIsWrongIsToldInOneSentence(String line, String sentence) {
        assertThatThrownBy(() -> parse(line)).isInstanceOf(BadOption.class).hasMessageContaining(sentence);
    }
}
