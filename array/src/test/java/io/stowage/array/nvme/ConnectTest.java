package io.stowage.array.nvme;

import static io.stowage.array.nvme.TestHost.ID;
import static io.stowage.array.nvme.TestHost.NQN;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.nvme.command.AdminOpcode;
import io.stowage.nvme.command.Status;
import io.stowage.nvme.command.SubmissionEntry;
import io.stowage.nvme.fabrics.Configuration;
import io.stowage.nvme.fabrics.Connect;
import io.stowage.nvme.fabrics.ConnectData;
import io.stowage.nvme.fabrics.ConnectResult;
import io.stowage.nvme.fabrics.ControllerStatus;
import io.stowage.nvme.fabrics.FabricsCommand;
import io.stowage.nvme.fabrics.Property;
import io.stowage.nvme.text.Nqn;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How a connection becomes a queue of a controller: figures and sections of Base 2.0. Sections 3.1.3, 3.5, 3.6 and 6.3; figures 385 to 388. */
class ConnectTest extends TargetOnTheWire {
    private static ConnectData data(int controller, String subsystem, String host) {
        return new ConnectData(ID, controller, subsystem, host);
    }

    @Test
    void onlyConnectIsTakenFirst() throws IOException {
        var host = host();
        assertThat(host.property(true, Property.CAP).status()).isEqualTo(Status.COMMAND_SEQUENCE_ERROR);
        assertThat(host.connectAdmin(TestSubsystems.NQN)).isBetween(1, 0xFFEF);
    }

    @Test
    void fieldsOfConnectAreChecked() throws IOException {
        var host = host();
        var entry = new Connect(0, 0, 31, 0, 0);
        assertThat(host.connect(new Connect(1, 0, 31, 0, 0), wellKnown()).status())
                .isEqualTo(Status.INCOMPATIBLE_FORMAT);
        for (int size : new int[] {0, 1024, 0xFFFF}) {
            var end = host.connect(new Connect(0, 0, size, 0, 0), wellKnown());
            assertThat(end.status()).isEqualTo(Status.INVALID_CONNECT);
            assertThat(end.result()).isEqualTo(ConnectResult.wrongInEntry(44));
        }
        record Wrong(ConnectData data, int field) {}
        for (var wrong : List.of(
                new Wrong(data(5, TestSubsystems.NQN, NQN), 16),
                new Wrong(data(ConnectData.ANY, "nqn.2010-06.com.purestorage:other", NQN), 256),
                new Wrong(data(ConnectData.ANY, TestSubsystems.NQN, ""), 512),
                new Wrong(data(ConnectData.ANY, TestSubsystems.NQN, "iqn.2026-11.io.stowage:x"), 512))) {
            var end = host.connect(entry, wrong.data());
            assertThat(end.status()).isEqualTo(Status.INVALID_CONNECT);
            assertThat(end.result()).isEqualTo(1 << 16 | wrong.field());
        }
        assertThat(host.connect(entry, data(ConnectData.ANY, TestSubsystems.NQN, STRANGER))
                        .status())
                .isEqualTo(Status.INVALID_HOST);
        assertThat(host.connect(entry, wellKnown()).status()).isEqualTo(Status.SUCCESS);
        assertThat(host.connect(entry, wellKnown()).status()).isEqualTo(Status.COMMAND_SEQUENCE_ERROR);
    }

    @Test
    void connectNeedsItsDataInTheCapsule() throws IOException {
        var host = host();
        var entry = new SubmissionEntry();
        new Connect(0, 0, 31, 0, 0).write(entry);
        assertThat(host.run(entry.copy(), wellKnown().bytes().limit(1000)).status())
                .isEqualTo(Status.SGL_OFFSET_INVALID);
        assertThat(host.run(entry.copy().data(SubmissionEntry.BY_TRANSPORT, 1024))
                        .status())
                .isEqualTo(Status.SGL_TYPE_INVALID);
        assertThat(host.run(
                                entry.copy().data(SubmissionEntry.IN_CAPSULE, 512),
                                wellKnown().bytes())
                        .status())
                .isEqualTo(Status.SGL_LENGTH_INVALID);
    }

    @Test
    void controllerNumbersAreUniqueOverAllPortals() throws IOException {
        var numbers = new HashSet<Integer>();
        for (int i = 0; i < 5; i++) {
            for (var portal : target.addresses()) {
                numbers.add(opened(TestHost.initialized(portal)).connectAdmin(TestSubsystems.NQN));
            }
        }
        assertThat(numbers).hasSize(10);
    }

    @Test
    void anIoQueueBelongsToAController() throws IOException {
        var admin = host();
        int controller = admin.connectAdmin(TestSubsystems.NQN);
        var io = new Connect(0, 1, 127, 0, 0);
        var wanted = data(controller, TestSubsystems.NQN, NQN);
        // Base 3.5: only of a controller that is enabled.
        assertThat(host().connect(io, wanted).status()).isEqualTo(Status.COMMAND_SEQUENCE_ERROR);
        admin.enable();

        record Wrong(ConnectData data, int field) {}
        for (var wrong : List.of(
                new Wrong(data(controller + 1, TestSubsystems.NQN, NQN), 16),
                new Wrong(data(controller, Nqn.DISCOVERY, NQN), 256),
                new Wrong(data(controller, TestSubsystems.NQN, STRANGER), 512),
                new Wrong(new ConnectData(UUID.randomUUID(), controller, TestSubsystems.NQN, NQN), 0))) {
            var end = host().connect(io, wrong.data());
            assertThat(end.status()).isEqualTo(Status.INVALID_CONNECT);
            assertThat(end.result()).isEqualTo(1 << 16 | wrong.field());
        }
        var beyond = host().connect(new Connect(0, 17, 127, 0, 0), wanted);
        assertThat(beyond.status()).isEqualTo(Status.INVALID_CONNECT);
        assertThat(beyond.result()).isEqualTo(42);
        var elsewhere =
                opened(TestHost.initialized(target.addresses().getLast())).connect(io, wanted);
        assertThat(elsewhere.result()).isEqualTo(1 << 16 | 16);

        var queue = host();
        assertThat(queue.connect(io, wanted).status()).isEqualTo(Status.SUCCESS);
        assertThat(host().connect(io, wanted).status()).isEqualTo(Status.COMMAND_SEQUENCE_ERROR);
        // Base 6.4: after Disconnect there is room for another.
        var disconnect = new SubmissionEntry();
        FabricsCommand.disconnect(disconnect);
        assertThat(queue.run(disconnect).status()).isEqualTo(Status.SUCCESS);
        assertThat(queue.isEnded()).isTrue();
        assertThat(host().connect(io, wanted).status()).isEqualTo(Status.SUCCESS);
    }

    @Test
    void theEndOfTheAdminQueueEndsAll() throws IOException {
        var admin = host();
        int controller = admin.connectAdmin(TestSubsystems.NQN);
        admin.enable();
        var queue = host();
        assertThat(queue.connectIo(controller, 1, 0).status()).isEqualTo(Status.SUCCESS);
        admin.close();
        assertThat(queue.isEnded()).isTrue();
    }

    @Test
    void connectionsAreLimited() throws IOException {
        restart(Allowance.DEFAULT.with(new Allowance.Crowd(4, 4, 2, 16)));
        host();
        host();
        assertThat(opened(new TestHost(portal())).isEnded()).isTrue(); // two are no queues yet
    }

    @Test
    void aControllerIsEnabledResetAndShutDown() throws IOException {
        var host = host();
        int controller = host.connectAdmin(TestSubsystems.NQN);
        // Figure 36: 1024 entries, contiguous queues, 7.5 s, NVM commands, 4 KiB pages.
        assertThat(host.property(true, Property.CAP).result()).isEqualTo(0x0000_0020_0F01_03FFL);
        assertThat(host.property(false, Property.VS).result()).isEqualTo(0x0001_0400);
        assertThat(host.property(false, Property.CSTS).result()).isZero();
        assertThat(host.run(new SubmissionEntry().opcode(AdminOpcode.KEEP_ALIVE))
                        .status())
                .isEqualTo(Status.COMMAND_SEQUENCE_ERROR);

        host.enable();
        assertThat(host.property(false, Property.CC).result()).isEqualTo(0x0046_0001);
        assertThat(status(host).isReady()).isTrue();
        assertThat(host.run(new SubmissionEntry().opcode(AdminOpcode.KEEP_ALIVE))
                        .status())
                .isEqualTo(Status.SUCCESS);
        var queue = host();
        assertThat(queue.connectIo(controller, 1, 0).status()).isEqualTo(Status.SUCCESS);

        host.setConfiguration(Configuration.USUAL);
        assertThat(status(host).isReady()).isFalse();
        assertThat(queue.isEnded()).isTrue();

        host.enable();
        host.setConfiguration(Configuration.USUAL.enabled().shuttingDown());
        awaitShutdown(host);
    }

    private static void awaitShutdown(TestHost host) throws IOException {
        while (!status(host).isShutDown()) {
            Thread.onSpinWait(); // CSTS.SHST: the host looks until it is
        }
    }

    /** 3.6: a shutdown is complete when nothing is under way any more and what was written is durable. */
    @Test
    void aShutdownWaitsForWork() throws Exception {
        var admin = host();
        int controller = admin.connectAdmin(TestSubsystems.NQN);
        admin.enable();
        var queue = host();
        assertThat(queue.connectIo(controller, 1, 0).status()).isEqualTo(Status.SUCCESS);
        unit.closeGate();
        int flush = queue.send(flush());
        unit.awaitFlush();
        admin.setConfiguration(Configuration.USUAL.enabled().shuttingDown());
        assertThat(status(admin).value() >>> 2 & 3).as("SHST: occurring").isEqualTo(1);
        assertThat(status(admin).isReady()).isTrue();
        unit.openGate();
        assertThat(queue.completion().commandId()).isEqualTo(flush);
        awaitShutdown(admin);
        // A reset makes a new beginning.
        admin.setConfiguration(Configuration.USUAL);
        assertThat(status(admin).value()).isZero();
    }

    private static ControllerStatus status(TestHost host) throws IOException {
        return new ControllerStatus((int) host.property(false, Property.CSTS).result());
    }

    @Test
    void otherPropertiesAreInvalidFields() throws IOException {
        var host = host();
        host.connectAdmin(TestSubsystems.NQN);
        assertThat(host.property(false, 0x20).status()).isEqualTo(Status.INVALID_FIELD);
        assertThat(host.property(false, Property.CAP).status()).isEqualTo(Status.INVALID_FIELD);
        assertThat(host.property(true, Property.VS).status()).isEqualTo(Status.INVALID_FIELD);
        // Figure 46: only NVM commands and pages of 4 KiB.
        assertThat(host.setConfiguration(new Configuration(0x0046_0011)).status())
                .isEqualTo(Status.INVALID_FIELD);
        assertThat(host.setConfiguration(new Configuration(0x0046_0081)).status())
                .isEqualTo(Status.INVALID_FIELD);
    }
}
