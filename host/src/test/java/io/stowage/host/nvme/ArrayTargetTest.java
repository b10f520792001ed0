package io.stowage.host.nvme;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.array.nvme.NvmeTarget;
import io.stowage.host.remote.ArrayTargetContract;
import io.stowage.host.remote.CachingUnits;
import io.stowage.host.remote.HoldingProxy;
import io.stowage.host.remote.Initiator;
import io.stowage.host.remote.InitiatorOptions;
import io.stowage.host.remote.OneSubsystem;
import io.stowage.host.remote.RemoteUnit;
import io.stowage.model.Portal;
import io.stowage.model.Protocol;
import io.stowage.nvme.discovery.DiscoveryEntry;
import io.stowage.nvme.pdu.Digests;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The host against the array's own target. */
class ArrayTargetTest extends ArrayTargetContract {
    private static final String NQN = "nqn.2010-06.com.purestorage:flasharray.test";
    private static final HostIdentity HOST = HostIdentity.of(UUID.fromString("01234567-89ab-cdef-0123-456789abcdef"));

    ArrayTargetTest() {
        super(Protocol.NVME_TCP, NQN, CachingUnits.NGUID);
    }

    @Override
    protected List<Integer> serve(CachingUnits units, int portals) throws IOException {
        return portsOf(closing(OneSubsystem.serve(NQN, units, portals)).addresses());
    }

    @Override
    protected Initiator initiator(Path state) {
        return host(state, NvmeOptions.DEFAULT.withTimes(Duration.ofSeconds(2), Duration.ofSeconds(1)));
    }

    private static Initiator host(Path state, NvmeOptions options) {
        return NvmeHost.of(HOST, state, InitiatorOptions.DEFAULT, options);
    }

    @ParameterizedTest
    @CsvSource({"true, true, true", "false, false, false", "true, false, false", "false, true, true"})
    void digestsAndResponsesInDataAreAgreedOn(boolean headers, boolean data, boolean flowControl) throws IOException {
        NvmeOptions options = NvmeOptions.DEFAULT.withDigests(new Digests(headers, data));
        Initiator host = closing(host(folder.resolve("state"), flowControl ? options : options.withoutFlowControl()));
        RemoteUnit unit = host.open(request(serve(units(), 1)));
        for (int length : List.of(512, 8192, 8704, 3 << 20)) {
            unit.write(BLOCK, bytes(length, length));
            assertThat(read(unit, BLOCK, length)).isEqualTo(array(bytes(length, length)));
        }
    }

    /** What is sent on the old connections never arrives, not even keep-alives, and they stay open. */
    @Test
    void aSilentControllerIsGivenUpAndSucceeded() throws IOException {
        HoldingProxy proxy = closing(new HoldingProxy(serve(units(), 1).getFirst()));
        RemoteUnit unit = closing(initiator(folder.resolve("state"))).open(request(List.of(proxy.port())));
        unit.write(0, bytes(BLOCK, 1));
        proxy.hold();
        unit.write(BLOCK, bytes(BLOCK, 2));
        assertThat(read(unit, 0, BLOCK)).isEqualTo(array(bytes(BLOCK, 1)));
        assertThat(read(unit, BLOCK, BLOCK)).isEqualTo(array(bytes(BLOCK, 2)));
    }

    @Test
    void aControllerLeftInGoodOrderIsNotWaitedFor() throws IOException {
        List<Integer> ports = serve(units(), 1);
        NvmeOptions patient = NvmeOptions.DEFAULT.withTimes(Duration.ofHours(1), Duration.ofHours(1));
        for (int seed = 1; seed <= 2; seed++) {
            try (Initiator host = host(folder.resolve("state"), patient)) {
                RemoteUnit unit = host.open(request(ports));
                unit.write(0, bytes(BLOCK, seed));
                assertThat(read(unit, 0, BLOCK)).isEqualTo(array(bytes(BLOCK, seed)));
            }
            assertThat(folder.resolve("state/" + NQN.replace(':', '_') + ".controller"))
                    .content()
                    .doesNotContain("life-ms");
        }
    }

    @Test
    void theSubsystemIsDiscoveredAtBothPorts() throws IOException {
        NvmeTarget target = closing(OneSubsystem.serve(NQN, units(), 2));
        for (var address : List.of(
                target.addresses().getFirst(), target.discoveryAddresses().getFirst())) {
            List<DiscoveryEntry> found =
                    Discovery.ask(HOST, new Portal("127.0.0.1", address.getPort()), Duration.ofSeconds(60));
            assertThat(found)
                    .filteredOn(entry -> entry.kind() == DiscoveryEntry.NVM)
                    .allSatisfy(entry -> assertThat(entry.subsystem()).isEqualTo(NQN))
                    .extracting(DiscoveryEntry::service)
                    .containsExactlyInAnyOrderElementsOf(target.addresses().stream()
                            .map(each -> Integer.toString(each.getPort()))
                            .toList());
        }
    }

    /** Portals that don't answer are passed over. */
    @Test
    void theInitiatorHearsWhichSubsystemsItMayUse() throws IOException {
        NvmeTarget target = closing(OneSubsystem.serve(NQN, units(), 1));
        // A port on which nobody ever listens; a free one may be somebody's in a moment.
        List<Portal> portals = new ArrayList<>(List.of(new Portal("127.0.0.1", 1)));
        Initiator initiator = closing(initiator(folder.resolve("state")));
        assertThat(initiator.listed(portals)).isEmpty();
        portals.add(new Portal("127.0.0.1", target.addresses().getFirst().getPort()));
        assertThat(initiator.listed(portals)).containsExactly(NQN);
    }

    /** By the event or by the status of a command (SCT 3), whichever comes first: Base 2.0, section 8.1. */
    @Test
    void aPortalThatBecomesInaccessibleIsLeftForTheOther() throws IOException {
        NvmeTarget target = closing(OneSubsystem.serve(NQN, units(), 2));
        RemoteUnit unit = closing(initiator(folder.resolve("state"))).open(request(portsOf(target.addresses())));
        unit.write(0, bytes(BLOCK, 1));
        for (int round = 2; round <= 3; round++) {
            var left = onlyPortalOf(target);
            for (var portal : target.addresses()) {
                target.setAccess(
                        portal,
                        portal.equals(left)
                                ? io.stowage.array.namespace.Path.Access.INACCESSIBLE
                                : io.stowage.array.namespace.Path.Access.OPTIMIZED);
            }
            unit.write(BLOCK, bytes(BLOCK, round));
            assertThat(read(unit, BLOCK, BLOCK)).isEqualTo(array(bytes(BLOCK, round)));
            assertThat(onlyPortalOf(target)).isNotEqualTo(left);
        }
        assertThat(read(unit, 0, BLOCK)).isEqualTo(array(bytes(BLOCK, 1)));
    }

    /** Where the host is; the array may need a moment to see that it has left another portal. */
    private static InetSocketAddress onlyPortalOf(NvmeTarget target) {
        while (true) {
            var now = target.now();
            if (now.size() == 1) {
                return now.getFirst().portal();
            }
            Thread.onSpinWait();
        }
    }

    @Test
    void theBetterPortalIsTaken() throws IOException {
        NvmeTarget target = closing(OneSubsystem.serve(NQN, units(), 2));
        target.setAccess(target.addresses().getFirst(), io.stowage.array.namespace.Path.Access.NON_OPTIMIZED);
        RemoteUnit unit = closing(initiator(folder.resolve("state"))).open(request(portsOf(target.addresses())));
        unit.write(0, bytes(BLOCK, 1));
        assertThat(onlyPortalOf(target)).isEqualTo(target.addresses().getLast());
    }
}
