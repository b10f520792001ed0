package io.stowage.array.nvme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.array.ArrayInABox;
import io.stowage.array.ArrayOptions;
import io.stowage.array.fault.ControlClient;
import io.stowage.array.flasharray.Rest;
import io.stowage.array.wsapi.Wsapi;
import io.stowage.nvme.command.Status;
import io.stowage.nvme.command.SubmissionEntry;
import io.stowage.nvme.discovery.DiscoveryEntry;
import io.stowage.nvme.fabrics.Connect;
import io.stowage.nvme.fabrics.ConnectData;
import io.stowage.nvme.fabrics.ConnectResult;
import io.stowage.nvme.text.Nqn;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** A FlashArray and an Alletra behind one portal: everybody finds and reaches what was made for them, and nothing else. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class PersonalitiesTest {
    /** A host of both arrays. */
    private static final String BOTH = TestHost.NQN;

    private static final String OF_FLASHARRAY = "nqn.2014-08.org.nvmexpress:uuid:0b1c2d3e-0000-4000-8000-00000000000f";
    private static final String OF_ALLETRA = "nqn.2014-08.org.nvmexpress:uuid:0b1c2d3e-0000-4000-8000-00000000000a";

    @TempDir
    Path folder;

    private ArrayInABox array;
    private String flashSubsystem;
    private InetSocketAddress portal;

    @BeforeEach
    void start() throws Exception {
        array = ArrayInABox.start(ArrayOptions.loopback(folder.resolve("array")).asBoth());
        var flasharray = array.endpoints().flasharray().nvme();
        assertThat(array.endpoints().alletra().nvme().portals()).isEqualTo(flasharray.portals());
        flashSubsystem = Objects.requireNonNull(flasharray.nqn());
        portal = TestHost.address(flasharray.portals().getFirst());
        try (var rest = Rest.login(array.endpoints(), "2.26")) {
            rest.post("volumes?names=f", "{'provisioned': 16777216}");
            rest.post("hosts?names=h", "{'nqns': ['%s', '%s']}".formatted(BOTH, OF_FLASHARRAY));
            rest.post("connections?host_names=h&volume_names=f", "");
        }
        try (var wsapi = Wsapi.login(array.endpoints())) {
            var cpg = array.endpoints().alletra().cpg();
            wsapi.post("volumes", "{'name': 'a', 'cpg': '%s', 'sizeMiB': 256, 'tpvv': true}".formatted(cpg));
            wsapi.post("hosts", "{'name': 'h', 'NQN': '%s', 'transportType': 2}".formatted(BOTH));
            wsapi.post("hosts", "{'name': 'other', 'NQN': '%s', 'transportType': 2}".formatted(OF_ALLETRA));
            wsapi.post("vluns", "{'volumeName': 'a', 'hostname': 'h', 'lun': 7}");
            wsapi.post("vluns", "{'volumeName': 'a', 'hostname': 'other', 'lun': 8}");
        }
    }

    @AfterEach
    void stop() {
        if (array != null) {
            array.close();
        }
    }

    private List<String> found(String host) throws IOException {
        try (var discovery = TestHost.initialized(portal)) {
            discovery.connectAdmin(Nqn.DISCOVERY, host);
            discovery.enable();
            return discovery.discovered().entries().stream()
                    .filter(entry -> entry.kind() == DiscoveryEntry.NVM)
                    .map(DiscoveryEntry::subsystem)
                    .toList();
        }
    }

    private static Status write(TestController controller, int namespace) throws IOException {
        return controller
                .io()
                .run(
                        TargetOnTheWire.write(SubmissionEntry.IN_CAPSULE, 0, 1).namespace(namespace),
                        ByteBuffer.allocate(512))
                .status();
    }

    @Test
    void eachHostFindsWhatWasMadeForIt() throws IOException {
        assertThat(found(OF_FLASHARRAY)).containsExactly(flashSubsystem);
        // Whoever asks finds the one subsystem of a FlashArray.
        assertThat(found(OF_ALLETRA)).hasSize(2).startsWith(flashSubsystem);
        assertThat(found(BOTH)).hasSize(2).startsWith(flashSubsystem);
        assertThat(found(BOTH).getLast()).isNotEqualTo(found(OF_ALLETRA).getLast());
    }

    @Test
    void aSubsystemHasItsOwnNamespacesOnly() throws IOException {
        var alletra = found(BOTH).getLast();
        try (var one = TestController.open(portal, flashSubsystem, BOTH);
                var other = TestController.open(portal, alletra, BOTH)) {
            assertThat(write(one, 1)).isEqualTo(Status.SUCCESS);
            assertThat(write(one, 7)).isEqualTo(Status.INVALID_NAMESPACE);
            assertThat(write(other, 7)).isEqualTo(Status.SUCCESS);
            assertThat(write(other, 1)).isEqualTo(Status.INVALID_NAMESPACE);
            assertThat(write(other, 8)).isEqualTo(Status.INVALID_NAMESPACE);
        }
    }

    /** INVALID HOST: Base 2.0, figure 387. */
    @Test
    void strangersAreRefused() throws IOException {
        var ofOther = found(OF_ALLETRA).getLast();
        assertThatThrownBy(() ->
                        TestController.open(portal, flashSubsystem, OF_ALLETRA).close())
                .hasMessageContaining(Status.INVALID_HOST.toString());
        assertThatThrownBy(() -> TestController.open(portal, ofOther, BOTH).close())
                .hasMessageContaining(Status.INVALID_HOST.toString());
    }

    /** Keys for DH-HMAC-CHAP go into what a host has for CHAP, and never come out. */
    @Test
    void hostsWithKeysHaveToAuthenticate() throws IOException {
        var key = "DHHC-1:00:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh+KfiaR:";
        var alletra = found(BOTH).getLast();
        assertThat(asks(flashSubsystem)).isFalse();
        assertThat(asks(alletra)).isFalse();
        try (var rest = Rest.login(array.endpoints(), "2.26");
                var wsapi = Wsapi.login(array.endpoints())) {
            rest.patch("hosts?names=h", "{'chap': {'host_user': 'h', 'host_password': '%s'}}".formatted(key));
            assertThat(rest.one("hosts?names=h").toString()).contains("****").doesNotContain("DHHC");
            wsapi.put(
                    "hosts/h",
                    "{'chapOperation': 1, 'chapOperationMode': 1, 'chapName': 'h', 'chapSecret': '%s'}".formatted(key));
            assertThat(wsapi.get("hosts/h").toString())
                    .contains("initiatorChapName")
                    .doesNotContain("DHHC");
            assertThat(asks(flashSubsystem)).isTrue();
            assertThat(asks(alletra)).isTrue();
            var mistyped = key.replace("KfiaR", "KfiaS");
            assertThatThrownBy(() -> rest.patch(
                            "hosts?names=h", "{'chap': {'host_user': 'h', 'host_password': '%s'}}".formatted(mistyped)))
                    .hasMessageContaining("not a valid DH-HMAC-CHAP key");
            rest.patch("hosts?names=h", "{'chap': {'host_user': '', 'host_password': ''}}");
            wsapi.put("hosts/h", "{'chapOperation': 2}");
            assertThat(asks(flashSubsystem)).isFalse();
            assertThat(asks(alletra)).isFalse();
        }
    }

    /** Whether a subsystem wants the host to prove who it is. */
    private boolean asks(String subsystem) throws IOException {
        try (var host = TestHost.initialized(portal)) {
            var end = host.connect(
                    new Connect(0, 0, 31, 0, 0), new ConnectData(TestHost.ID, ConnectData.ANY, subsystem, BOTH));
            assertThat(end.status()).isEqualTo(Status.SUCCESS);
            return ConnectResult.parse(end.result()).authentication();
        }
    }

    @Test
    void switchesCanMeanOneOfThem() throws IOException {
        var alletra = found(BOTH).getLast();
        try (var control = ControlClient.connect(folder.resolve("array"));
                var one = TestController.open(portal, flashSubsystem, BOTH);
                var other = TestController.open(portal, alletra, BOTH)) {
            control.ok("{'on': 'NVMe Write', 'volume': 'a', 'personality': 'alletra', 'do': 'full'}");
            assertThat(write(one, 1)).isEqualTo(Status.SUCCESS);
            assertThat(write(other, 7)).isEqualTo(Status.CAPACITY_EXCEEDED);
            control.ok("{'clear': true}");
            // The FlashArray has no volume of this name.
            control.ok("{'on': 'NVMe Write', 'volume': 'a', 'personality': 'flasharray', 'do': 'full'}");
            assertThat(write(one, 1)).isEqualTo(Status.SUCCESS);
            assertThat(write(other, 7)).isEqualTo(Status.SUCCESS);
        }
    }
}
