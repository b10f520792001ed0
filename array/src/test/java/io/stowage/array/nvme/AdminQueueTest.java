package io.stowage.array.nvme;

import static io.stowage.array.nvme.TestHost.NQN;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.array.core.Registrant;
import io.stowage.nvme.command.AdminOpcode;
import io.stowage.nvme.command.NvmOpcode;
import io.stowage.nvme.command.ReservationKeys;
import io.stowage.nvme.command.Status;
import io.stowage.nvme.command.SubmissionEntry;
import io.stowage.nvme.fabrics.Connect;
import io.stowage.nvme.text.Nqn;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What the transport itself does for admin commands, and events: Base 2.0. */
class AdminQueueTest extends TargetOnTheWire {
    private static SubmissionEntry getFeature(int feature) {
        return new SubmissionEntry().opcode(AdminOpcode.GET_FEATURES).dword(10, feature);
    }

    /** Base 5.27.1.5: counts are 0-based. */
    @Test
    void queuesAreGrantedBeforeTheyExist() throws IOException {
        var host = host();
        int controller = host.connectAdmin(TestSubsystems.NQN);
        host.enable();
        assertThat(host.run(setFeature(7, 0xFFFF_0001)).status()).isEqualTo(Status.INVALID_FIELD);
        assertThat(host.run(setFeature(7, 0x00FE_00FE)).result()).isEqualTo(0x000F_000F);
        assertThat(host.run(setFeature(7, 0x0001_0001)).result()).isEqualTo(0x0001_0001);
        assertThat(host.run(getFeature(7)).result()).isEqualTo(0x0001_0001);
        assertThat(host().connectIo(controller, 3, 0).status()).isEqualTo(Status.INVALID_CONNECT);
        assertThat(host().connectIo(controller, 2, 0).status()).isEqualTo(Status.SUCCESS);
        assertThat(host.run(setFeature(7, 0x0003_0003)).status()).isEqualTo(Status.COMMAND_SEQUENCE_ERROR);
    }

    /** Base 3.9: KATO is rounded up to KAS. */
    @Test
    void theKeepAliveTimeCanBeSet() throws IOException {
        var host = opened(TestHost.enabled(portal()));
        assertThat(host.run(setFeature(0x0F, 5001)).status()).isEqualTo(Status.SUCCESS);
        assertThat(host.run(getFeature(0x0F)).result()).isEqualTo(6000);
    }

    @Test
    void whoIsSilentIsGivenUp() throws Exception {
        restart(Allowance.DEFAULT.with(new Allowance.Patience(
                Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofMillis(50), Duration.ofMinutes(2))));
        var host = host();
        var end = host.connect(new Connect(0, 0, 31, 0, 0), wellKnown());
        int controller = (int) end.result();
        host.enable();
        var queue = host();
        assertThat(queue.connectIo(controller, 1, 0).status()).isEqualTo(Status.SUCCESS);
        assertThat(host.run(setFeature(0x0F, 1000)).status()).isEqualTo(Status.SUCCESS);
        assertThat(host.isEnded()).isTrue();
        assertThat(queue.isEnded()).isTrue();
        while (!target.now().isEmpty()) {
            Thread.sleep(1);
        }
    }

    @Test
    void discoveryWithoutKeepAliveIsGivenUpToo() throws IOException {
        restart(Allowance.DEFAULT.with(new Allowance.Patience(
                Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofMillis(50), Duration.ofSeconds(3))));
        var host = opened(TestHost.initialized(target.discoveryAddresses().getFirst()));
        host.connectAdmin(Nqn.DISCOVERY);
        assertThat(host.isEnded()).isTrue();
    }

    /** Base 5.1. */
    @Test
    void abortEndsWhatHasNotBegun() throws Exception {
        var host = opened(TestHost.enabled(portal()));
        int id = host.send(new SubmissionEntry().opcode(AdminOpcode.ASYNC_EVENT_REQUEST));
        host.send(new SubmissionEntry().opcode(AdminOpcode.ABORT).dword(10, id << 16));
        var aborted = host.completion();
        assertThat(aborted.commandId()).isEqualTo(id);
        assertThat(aborted.status()).isEqualTo(Status.ABORT_REQUESTED);
        assertThat(host.completion().result()).isZero();
        // Another one isn't there.
        assertThat(host.run(new SubmissionEntry().opcode(AdminOpcode.ABORT).dword(10, 77 << 16))
                        .result())
                .isEqualTo(1);
    }

    @Test
    void eventRequestsAreLimited() throws IOException {
        var host = opened(TestHost.enabled(portal()));
        for (int i = 0; i < 4; i++) {
            host.send(new SubmissionEntry().opcode(AdminOpcode.ASYNC_EVENT_REQUEST));
        }
        assertThat(host.run(new SubmissionEntry().opcode(AdminOpcode.ASYNC_EVENT_REQUEST))
                        .status())
                .isEqualTo(Status.EVENT_LIMIT_EXCEEDED);
    }

    @Test
    void hostsHearOfNamespaces() throws IOException {
        var host = opened(TestHost.enabled(portal()));
        assertThat(host.run(setFeature(0x0B, 0x100)).status()).isEqualTo(Status.SUCCESS);
        int id = host.send(new SubmissionEntry().opcode(AdminOpcode.ASYNC_EVENT_REQUEST));
        subsystems.connect(NQN, 2, new GatedUnit(2, SIZE));
        var event = host.completion();
        assertThat(event.commandId()).isEqualTo(id);
        assertThat(event.result()).isEqualTo(0x0004_0002); // notice, namespace attributes changed, log 04
        // The next one waits until the log was read, whatever happens.
        int next = host.send(new SubmissionEntry().opcode(AdminOpcode.ASYNC_EVENT_REQUEST));
        subsystems.disconnect(NQN, 2);
        host.send(log(4, 4096, 0));
        assertThat(ByteBuffer.wrap(host.data().bytes())
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getInt())
                .isEqualTo(2);
        assertThat(host.status()).isEqualTo(Status.SUCCESS);
        subsystems.connect(NQN, 3, new GatedUnit(3, SIZE));
        assertThat(host.completion().commandId()).isEqualTo(next);
    }

    // ---- Reservations: Base 8.19.7

    /** Who comes by another protocol is preempted as well, and its front end ends what it has under way. */
    @Test
    void preemptingAbortsWhateverTheProtocol() throws IOException {
        var initiator = new Registrant("iqn.2026-11.io.stowage:host", 1);
        unit.reservations().register(List.of(initiator), OptionalLong.of(0), 0xB, false);
        var asked = new ArrayList<Registrant>();
        aborters.add((touched, whose) -> {
            assertThat(touched).isSameAs(unit);
            asked.addAll(whose);
        });
        var queue = queue();
        assertThat(reserve(queue, NvmOpcode.RESERVATION_REGISTER, 0, new ReservationKeys(0, 0xA)))
                .isEqualTo(Status.SUCCESS);
        int preemptAndAbort = ReservationKeys.PREEMPT_AND_ABORT | ReservationKeys.WRITE_EXCLUSIVE << 8;
        assertThat(reserve(queue, NvmOpcode.RESERVATION_ACQUIRE, preemptAndAbort, new ReservationKeys(0xA, 0xB)))
                .isEqualTo(Status.SUCCESS);
        assertThat(asked).containsExactly(initiator);
    }

    private static Status reserve(TestHost queue, int opcode, int dword, ReservationKeys keys) throws IOException {
        var entry = new SubmissionEntry()
                .opcode(opcode)
                .namespace(1)
                .data(SubmissionEntry.IN_CAPSULE, ReservationKeys.BYTES)
                .dword(10, dword);
        return queue.run(entry, keys.encode()).status();
    }

    // ---- Errors: Base 5.16.1.2

    /** Figure 202: the newest first, with queue, command, status, block and namespace; the health log counts them. */
    @Test
    void whatEndsBadlyIsLogged() throws IOException {
        var admin = host();
        int controller = admin.connectAdmin(TestSubsystems.NQN);
        admin.enable();
        var queue = host();
        assertThat(queue.connectIo(controller, 3, 0).status()).isEqualTo(Status.SUCCESS);
        assertThat(admin.run(new SubmissionEntry().opcode(0x80)).status()).isEqualTo(Status.INVALID_OPCODE);
        int beyond = queue.send(read(SIZE / BLOCK + 5, 1));
        assertThat(queue.status()).isEqualTo(Status.LBA_OUT_OF_RANGE);
        var differs = write(SubmissionEntry.IN_CAPSULE, 7, 1).opcode(NvmOpcode.COMPARE);
        assertThat(queue.run(differs, ByteBuffer.wrap(noise(BLOCK))).status()).isEqualTo(Status.COMPARE_FAILURE);
        assertThat(queue.run(flush()).status()).isEqualTo(Status.SUCCESS);

        admin.send(log(1, 4 * 64, 0));
        var page = ByteBuffer.wrap(admin.data().bytes()).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(admin.status()).isEqualTo(Status.SUCCESS);
        assertThat(page.getLong(0)).isEqualTo(3);
        assertThat(page.getLong(16)).isEqualTo(7);
        assertThat(page.getLong(64)).isEqualTo(2);
        assertThat(page.getShort(64 + 8)).isEqualTo((short) 3);
        assertThat(page.getShort(64 + 10)).isEqualTo((short) beyond);
        assertThat(page.getShort(64 + 12) >>> 1 & 0x7FF).isEqualTo(0x080);
        assertThat(page.getLong(64 + 16)).isEqualTo(SIZE / BLOCK + 5);
        assertThat(page.getInt(64 + 24)).isEqualTo(1);
        assertThat(page.getLong(128)).isEqualTo(1);
        assertThat(page.getShort(128 + 8)).isZero();
        assertThat(page.getShort(128 + 12) >>> 1 & 0x7FF).isEqualTo(0x001);
        assertThat(page.getLong(192)).isZero();
        admin.send(log(2, 512, 0));
        assertThat(ByteBuffer.wrap(admin.data().bytes())
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getLong(176))
                .isEqualTo(3);
    }
}
