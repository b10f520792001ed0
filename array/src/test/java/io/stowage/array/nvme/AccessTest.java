package io.stowage.array.nvme;

import static io.stowage.array.nvme.TestHost.NQN;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.array.namespace.Path;
import io.stowage.nvme.command.AdminOpcode;
import io.stowage.nvme.command.Status;
import io.stowage.nvme.command.SubmissionEntry;
import io.stowage.nvme.log.AccessLog;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Asymmetric namespace access: Base 2.0, sections 5.16.1.12 and 8.1; status codes of figure 98. */
class AccessTest extends TargetOnTheWire {
    /** Feature 0Bh: asymmetric namespace access change notices. */
    private static final int ACCESS_EVENTS = 1 << 11;

    /** Notice, ANA change, log page 0Ch: figure 146 and 148. */
    private static final int ACCESS_CHANGED = 0x000C_0302;

    private InetSocketAddress other() {
        return target.addresses().getLast();
    }

    private TestController connect(InetSocketAddress portal) throws IOException {
        var controller = opened(TestController.open(portal, TestSubsystems.NQN, NQN));
        assertThat(controller.admin().run(setFeature(0x0B, ACCESS_EVENTS)).status())
                .isEqualTo(Status.SUCCESS);
        return controller;
    }

    private static AccessLog access(TestController controller) throws IOException {
        controller.admin().send(log(0x0C, 4096, 0));
        var page = controller.admin().data().bytes();
        assertThat(controller.admin().status()).isEqualTo(Status.SUCCESS);
        return AccessLog.parse(ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN));
    }

    private static Status write(TestController controller) throws IOException {
        return controller
                .io()
                .run(write(SubmissionEntry.IN_CAPSULE, 0, 1), ByteBuffer.wrap(noise(BLOCK)))
                .status();
    }

    private static int awaitingEvent(TestController controller) throws IOException {
        return controller.admin().send(new SubmissionEntry().opcode(AdminOpcode.ASYNC_EVENT_REQUEST));
    }

    @ParameterizedTest
    @CsvSource({"NON_OPTIMIZED, 2, 0x000", "INACCESSIBLE, 3, 0x302", "PERSISTENT_LOSS, 4, 0x301", "CHANGE, 15, 0x303"})
    void aStateIsToldAndObserved(Path.Access state, int code, String status) throws IOException {
        var controller = connect(portal());
        var before = access(controller);
        assertThat(before.groups()).singleElement().satisfies(group -> {
            assertThat(group.state()).isEqualTo(1);
            assertThat(group.namespaces()).containsExactly(1);
        });
        int event = awaitingEvent(controller);
        target.setAccess(portal(), state);
        var told = controller.admin().completion();
        assertThat(told.commandId()).isEqualTo(event);
        assertThat(told.result()).isEqualTo(ACCESS_CHANGED);
        var after = access(controller);
        assertThat(after.groups()).singleElement().satisfies(group -> {
            assertThat(group.state()).isEqualTo(code);
            assertThat(group.changes()).isEqualTo(before.changes() + 1);
            assertThat(group.namespaces()).containsExactly(1);
        });
        assertThat(after.changes()).isEqualTo(before.changes() + 1);

        int expected = Integer.decode(status);
        assertThat(write(controller).code() | write(controller).type() << 8).isEqualTo(expected);
        controller.io().send(read(0, 1));
        if (expected == 0) {
            assertThat(controller.io().data().bytes()).isEqualTo(noise(BLOCK));
        }
        assertThat(controller.io().status().type()).isEqualTo(expected >>> 8);

        target.setAccess(portal(), Path.Access.OPTIMIZED);
        assertThat(access(controller).changes()).isEqualTo(before.changes() + 2);
        assertThat(write(controller)).isEqualTo(Status.SUCCESS);
    }

    @Test
    void otherPortalsAreNotConcerned() throws IOException {
        var controller = connect(other());
        target.setAccess(portal(), Path.Access.INACCESSIBLE);
        assertThat(write(controller)).isEqualTo(Status.SUCCESS);
        assertThat(access(controller).changes()).isZero();
        assertThat(access(connect(portal())).groups().getFirst().state()).isEqualTo(3);
    }

    /** What has begun to be collected before the path was lost is not written afterwards. */
    @Test
    void whatIsUnderWayIsRefusedToo() throws IOException {
        var controller = connect(portal());
        controller.io().send(write(SubmissionEntry.BY_TRANSPORT, 0, 64));
        var request = controller.io().request();
        target.setAccess(portal(), Path.Access.INACCESSIBLE);
        controller.io().sendData(request.command(), request.tag(), 0, noise(64 * BLOCK), true);
        assertThat(controller.io().status()).isEqualTo(Status.ANA_INACCESSIBLE);
        assertThat(stored(0, 64 * BLOCK)).containsOnly(0);
    }

    /** The host hears of it, and may look, before its connections end. */
    @Test
    void aPortalThatIsTakenOutOfServiceIsInaccessibleFirst() throws Exception {
        var controller = connect(portal());
        int event = awaitingEvent(controller);
        var gone = CompletableFuture.runAsync(
                () -> target.takeOutOfService(portal()),
                task -> Thread.ofPlatform().daemon().start(task));
        var told = controller.admin().completion();
        assertThat(told.commandId()).isEqualTo(event);
        assertThat(told.result()).isEqualTo(ACCESS_CHANGED);
        gone.get();
        assertThat(controller.admin().isEnded()).isTrue();
        target.putIntoService(portal());
        var back = connect(portal());
        assertThat(access(back).groups().getFirst().state()).isEqualTo(1);
        assertThat(access(back).changes()).isEqualTo(2);
        assertThat(write(back)).isEqualTo(Status.SUCCESS);
    }
}
