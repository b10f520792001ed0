package io.stowage.array.nvme;

import static io.stowage.array.nvme.TestHost.NQN;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.nvme.command.AdminOpcode;
import io.stowage.nvme.command.Status;
import io.stowage.nvme.command.SubmissionEntry;
import io.stowage.nvme.discovery.DiscoveryEntry;
import io.stowage.nvme.discovery.DiscoveryLog;
import io.stowage.nvme.fabrics.Connect;
import io.stowage.nvme.fabrics.Property;
import io.stowage.nvme.text.Nqn;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What hosts find, and through which portals: Base 2.0, sections 3.1.2.3 and 5.16.1.23. */
class DiscoveryTest extends TargetOnTheWire {
    private TestHost discovery(InetSocketAddress portal) throws IOException {
        var host = opened(TestHost.initialized(portal));
        host.connectAdmin(Nqn.DISCOVERY);
        host.enable();
        return host;
    }

    @Test
    void bothPortsTellWhereTheSubsystemIs() throws IOException {
        for (var portal : List.of(portal(), target.discoveryAddresses().getFirst())) {
            var log = discovery(portal).discovered();
            var here = log.entries().getFirst();
            assertThat(here.kind()).isEqualTo(DiscoveryEntry.CURRENT_DISCOVERY);
            assertThat(here.service()).isEqualTo(Integer.toString(portal.getPort()));
            assertThat(here.subsystem()).isEqualTo(Nqn.DISCOVERY);
            var others = log.entries().subList(1, log.entries().size());
            assertThat(others).extracting(DiscoveryEntry::subsystem).containsOnly(TestSubsystems.NQN);
            assertThat(others).extracting(DiscoveryEntry::kind).containsOnly(DiscoveryEntry.NVM);
            assertThat(others).extracting(DiscoveryEntry::address).containsExactly("127.0.0.1", "127.0.0.2");
            assertThat(others)
                    .extracting(DiscoveryEntry::service)
                    .containsExactlyElementsOf(target.addresses().stream()
                            .map(at -> Integer.toString(at.getPort()))
                            .toList());
        }
    }

    @Test
    void thePortOfDiscoveryHasNothingElse() throws IOException {
        var host = opened(TestHost.initialized(target.discoveryAddresses().getFirst()));
        var end = host.connect(new Connect(0, 0, 31, 0, 0), wellKnown());
        assertThat(end.status()).isEqualTo(Status.INVALID_CONNECT);
        assertThat(end.result()).isEqualTo(1 << 16 | 256);
    }

    /** The log is read in pieces, and its counter tells whether they fit: libnvme reads the header twice. */
    @Test
    void theLogCanBeReadInPieces() throws IOException {
        var host = discovery(portal());
        var whole = host.discovered().bytes();
        for (int at = 0; at < whole.limit(); at += 1024) {
            host.send(log(DiscoveryLog.LOG_ID, 1024, at));
            assertThat(ByteBuffer.wrap(host.data().bytes())).isEqualTo(whole.slice(at, 1024));
            assertThat(host.status()).isEqualTo(Status.SUCCESS);
        }
        assertThat(host.run(log(DiscoveryLog.LOG_ID, 1024, whole.limit() + 4)).status())
                .isEqualTo(Status.INVALID_FIELD);
        assertThat(host.run(log(DiscoveryLog.LOG_ID, 1024, 2)).status()).isEqualTo(Status.INVALID_FIELD);
    }

    @Test
    void changesRaiseTheGenerationAndAreTold() throws IOException {
        var host = discovery(portal());
        long before = host.discovered().generation();
        assertThat(host.discovered().generation()).isEqualTo(before);
        assertThat(host.run(setFeature(0x0B, 1 << 31)).status()).isEqualTo(Status.SUCCESS);
        host.send(new SubmissionEntry().opcode(AdminOpcode.ASYNC_EVENT_REQUEST));
        subsystems.hide(NQN);
        assertThat(host.completion().result()).isEqualTo(0x0070_F002);
        var after = host.discovered();
        assertThat(after.generation()).isGreaterThan(before);
        assertThat(after.entries()).hasSize(1);
        // A later one sees it too: blktests nvme/030.
        assertThat(discovery(portal()).discovered().generation()).isEqualTo(after.generation());
    }

    @Test
    void aPortalOutOfServiceLetsNobodyIn() throws IOException {
        var stays = opened(TestHost.initialized(target.addresses().getLast()));
        stays.connectAdmin(TestSubsystems.NQN);
        var host = host();
        host.connectAdmin(TestSubsystems.NQN);
        var gone = portal();
        var discovery = target.discoveryAddresses().getFirst();
        target.takeOutOfService(gone);
        assertThat(host.isEnded()).isTrue();
        assertThat(target.isInService(gone)).isFalse();
        for (var portal : List.of(gone, discovery)) {
            try (var again = new TestHost(portal)) {
                assertThat(again.isEnded()).isTrue();
            } catch (IOException refused) {
                assertThat(refused).hasMessageContaining("refused");
            }
        }
        assertThat(discovery(target.addresses().getLast()).discovered().entries())
                .hasSize(2);
        assertThat(stays.property(false, Property.VS).status()).isEqualTo(Status.SUCCESS);
        target.putIntoService(gone);
        host().connectAdmin(TestSubsystems.NQN);
        assertThat(discovery(discovery).discovered().entries()).hasSize(3);
    }

    @Test
    void whoIsConnectedIsTold() throws IOException {
        host().connectAdmin(TestSubsystems.NQN);
        discovery(portal());
        assertThat(target.now()).singleElement().satisfies(login -> {
            assertThat(login.initiator()).isEqualTo(NQN);
            assertThat(login.portal()).isEqualTo(portal());
        });
    }
}
