package io.stowage.nvme.fabrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.nvme.command.SubmissionEntry;
import io.stowage.nvme.discovery.DiscoveryEntry;
import io.stowage.nvme.discovery.DiscoveryLog;
import io.stowage.nvme.text.Nqn;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Offsets and values from Base 2.0, figures 36, 46, 47, 264, 265, 385 to 388, 392 and 394. */
class FabricsTest {
    private static final String HOST = "nqn.2014-08.org.nvmexpress:uuid:01020304-0506-0708-090a-0b0c0d0e0f10";

    @Test
    void connect() {
        var entry = new SubmissionEntry();
        var connect = new Connect(0, 1, 31, Connect.NO_FLOW_CONTROL, 5000);
        connect.write(entry);
        assertThat(hex(entry.bytes()))
                .isEqualTo("7f400000" + "01000000" + "00".repeat(16) + "0000000000000000" + "00040000" + "00000001"
                        + "0000" + "0100" + "1f00" + "04" + "00" + "88130000" + "00".repeat(12));
        assertThat(Connect.parse(entry)).isEqualTo(connect);
        assertThat(connect.hasFlowControl()).isFalse();
    }

    @Test
    void connectData() {
        var data = new ConnectData(
                UUID.fromString("01020304-0506-0708-090a-0b0c0d0e0f10"), ConnectData.ANY, Nqn.DISCOVERY, HOST);
        var bytes = data.bytes();
        assertThat(bytes.remaining()).isEqualTo(1024);
        assertThat(hex(bytes)).startsWith("0102030405060708090a0b0c0d0e0f10" + "ffff" + "00".repeat(238));
        assertThat(text(bytes, 256)).startsWith(Nqn.DISCOVERY + "\0");
        assertThat(text(bytes, 512)).startsWith(HOST + "\0");
        assertThat(ConnectData.parse(bytes)).isEqualTo(data);
    }

    @Test
    void properties() {
        var entry = new SubmissionEntry();
        Property.get(entry, true, Property.CAP);
        assertThat(hex(entry.bytes())).startsWith("7f400000" + "04" + "00".repeat(35) + "01000000" + "00000000");
        entry = new SubmissionEntry();
        Property.set(entry, Property.CC, 0x0046_0001);
        assertThat(hex(entry.bytes()))
                .isEqualTo("7f400000" + "00".repeat(36) + "00000000" + "14000000" + "01004600" + "00".repeat(12));
        assertThat(Property.parse(entry)).isEqualTo(new Property(false, Property.CC, 0x0046_0001));
    }

    @Test
    void controllerValues() {
        assertThat(Capabilities.of(1023, 15).value()).isEqualTo(0x0000_0020_0F01_03FFL);
        assertThat(Capabilities.of(1023, 15).readyMillis()).isEqualTo(7500);
        assertThat(new Capabilities(0x0001_0000_0000_0000L).smallestPage()).isEqualTo(8192);
        assertThat(Configuration.USUAL.enabled()).isEqualTo(new Configuration(0x0046_0001));
        assertThat(new Configuration(0x0046_4001).shutsDown()).isTrue();
        assertThat(Configuration.USUAL.enabled().shuttingDown()).isEqualTo(new Configuration(0x0046_4001));
        assertThat(ControllerStatus.of(true, ControllerStatus.Shutdown.COMPLETE))
                .isEqualTo(new ControllerStatus(0x9));
        assertThat(new ControllerStatus(2).isFatal()).isTrue();
        assertThat(new ConnectResult(7, true).dword()).isEqualTo(0x2_0007);
        assertThat(ConnectResult.wrongInData(ConnectData.SUBSYSTEM_OFFSET)).isEqualTo(0x1_0100);
    }

    @Test
    void discoveryLog() {
        var entries = List.of(
                DiscoveryEntry.of(
                        DiscoveryEntry.CURRENT_DISCOVERY, 1, Nqn.DISCOVERY, new InetSocketAddress("127.0.0.1", 8009)),
                DiscoveryEntry.of(
                        DiscoveryEntry.NVM, 2, "nqn.2026-11.io.stowage:x", new InetSocketAddress("::1", 4420)));
        var log = new DiscoveryLog(5, entries);
        var bytes = log.bytes();
        assertThat(bytes.remaining()).isEqualTo(3 * 1024);
        assertThat(hex(bytes)).startsWith("0500000000000000" + "0200000000000000" + "0000");
        // TREQ 04h: bits 1..0 "not specified" (Base 2.0, figure 264), as nvmet says it where there is no TLS
        assertThat(hex(bytes.slice(1024, 10))).isEqualTo("03" + "01" + "03" + "04" + "0100" + "ffff" + "2000");
        assertThat(text(bytes, 1024 + 32)).startsWith("8009" + " ".repeat(28) + "\0");
        assertThat(text(bytes, 1024 + 256)).startsWith(Nqn.DISCOVERY + "\0");
        assertThat(text(bytes, 1024 + 512)).startsWith("127.0.0.1" + " ".repeat(247));
        assertThat(bytes.get(2048 + 1)).isEqualTo((byte) 2);
        assertThat(DiscoveryLog.parse(bytes)).isEqualTo(log);
    }

    /** Base 2.0, section 4.5. */
    @ParameterizedTest
    @CsvSource({
        "nqn.2014-08.org.nvmexpress.discovery, true",
        "nqn.2014-08.org.nvmexpress:uuid:01020304-0506-0708-090a-0b0c0d0e0f10, true",
        "nqn.2010-06.com.purestorage:flasharray.1, true",
        "nqn.2010-13.com.purestorage:flasharray.1, false",
        "iqn.2010-06.com.purestorage:flasharray.1, false",
        "nqn.2010-06., false",
        "nqn.2010-06.com.purestorage:, false",
        "'nqn.2010-06.com.pure storage', false"
    })
    void names(String name, boolean valid) {
        assertThat(Nqn.isValid(name)).isEqualTo(valid);
    }

    @Test
    void namesHaveALimit() {
        assertThat(Nqn.isValid("nqn.2010-06.org:" + "x".repeat(223 - 16))).isTrue();
        assertThat(Nqn.isValid("nqn.2010-06.org:" + "x".repeat(224 - 16))).isFalse();
    }

    private static String hex(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String text(ByteBuffer buffer, int start) {
        byte[] bytes = new byte[256];
        buffer.get(start, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
