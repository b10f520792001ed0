package io.stowage.array.nvme;

import io.stowage.array.namespace.Subsystem;
import io.stowage.array.namespace.Subsystems;
import io.stowage.nvme.command.Status;
import io.stowage.nvme.command.SubmissionEntry;
import io.stowage.nvme.fabrics.Connect;
import io.stowage.nvme.fabrics.ConnectData;
import io.stowage.nvme.fabrics.ConnectResult;
import io.stowage.nvme.fabrics.FabricsCommand;
import io.stowage.nvme.text.Nqn;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Decides about Connect commands: which controller a connection's queue belongs to, or why it is refused. Base 2.0,
 * section 6.3; figures 387 and 388.
 */
final class ConnectPhase {
    private static final int NO_QUEUE_ENTRY = 0;

    private final Connection connection;
    private final Surroundings surroundings;
    private final int lastEntry;

    /** @param lastEntry entries of the longest queue, minus one */
    ConnectPhase(Connection connection, int lastEntry) {
        this.connection = connection;
        this.surroundings = connection.surroundings();
        this.lastEntry = lastEntry;
    }

    /** How a Connect ends. */
    sealed interface Outcome {
        /** @param result dword 0 */
        record Refused(Status status, long result) implements Outcome {
            Refused(Status status) {
                this(status, 0);
            }
        }

        /** The connection is this queue now. */
        record Connected(Controller controller, Connect connect) implements Outcome {}
    }

    /** @param data what the capsule carries */
    Outcome handle(SubmissionEntry entry, ByteBuffer data) {
        if (!FabricsCommand.is(entry) || entry.fabricsType() != FabricsCommand.CONNECT) {
            return new Outcome.Refused(Status.COMMAND_SEQUENCE_ERROR);
        }
        if (!entry.pointsBySgl()) {
            return new Outcome.Refused(Status.INVALID_FIELD);
        }
        if (entry.sglForm() != SubmissionEntry.IN_CAPSULE) {
            return new Outcome.Refused(Status.SGL_TYPE_INVALID);
        }
        if (entry.sglOffset() < 0
                || entry.sglOffset() > data.remaining()
                || entry.sglLength() > data.remaining() - entry.sglOffset()) {
            return new Outcome.Refused(Status.SGL_OFFSET_INVALID);
        }
        if (entry.sglLength() != ConnectData.BYTES) {
            return new Outcome.Refused(Status.SGL_LENGTH_INVALID);
        }
        Connect connect = Connect.parse(entry);
        if (connect.format() != 0) {
            return new Outcome.Refused(Status.INCOMPATIBLE_FORMAT);
        }
        if (connect.lastEntry() == NO_QUEUE_ENTRY || connect.lastEntry() > lastEntry) {
            return wrongInEntry(Connect.SIZE_OFFSET);
        }
        ConnectData wanted =
                ConnectData.parse(data.slice(data.position() + (int) entry.sglOffset(), ConnectData.BYTES));
        if (!Nqn.isValid(wanted.host())) {
            return wrongInData(ConnectData.HOST_OFFSET);
        }
        return connect.queue() == 0 ? admin(connect, wanted) : io(connect, wanted);
    }

    private Outcome admin(Connect connect, ConnectData wanted) {
        if (wanted.controller() != ConnectData.ANY) {
            return wrongInData(ConnectData.CONTROLLER_OFFSET); // controllers are made when hosts connect
        }
        if (wanted.subsystem().equals(Nqn.DISCOVERY)) {
            return discovery(connect, wanted);
        }
        if (!connection.entrance().all().equals(connection.portal())) {
            return wrongInData(ConnectData.SUBSYSTEM_OFFSET);
        }
        for (Subsystems subsystems : surroundings.served()) {
            if (subsystems.exists(wanted.subsystem())) {
                return subsystems
                        .find(wanted.subsystem(), wanted.host())
                        .map(found -> namespaces(connect, wanted, found))
                        .orElseGet(() -> new Outcome.Refused(Status.INVALID_HOST));
            }
        }
        return wrongInData(ConnectData.SUBSYSTEM_OFFSET);
    }

    private Outcome namespaces(Connect connect, ConnectData wanted, Subsystem subsystem) {
        Host host = Host.of(wanted);
        int ioQueues = surroundings.allowance().crowd().ioQueues();
        return connected(
                connect,
                surroundings
                        .controllers()
                        .open(id -> new Controller(
                                id,
                                subsystem.nqn(),
                                host,
                                connection,
                                ioQueues,
                                Commands.EVENT_REQUESTS,
                                Integer.toUnsignedLong(connect.keepAliveMillis()),
                                bell -> new NamespaceService(new NamespaceService.Opening(
                                        surroundings,
                                        subsystem,
                                        host,
                                        id,
                                        connection.entrance().path(),
                                        connection.portal().address(),
                                        bell)))));
    }

    private Outcome discovery(Connect connect, ConnectData wanted) {
        Host host = Host.of(wanted);
        return connected(
                connect,
                surroundings
                        .controllers()
                        .open(id -> new Controller(
                                id,
                                Nqn.DISCOVERY,
                                host,
                                connection,
                                0,
                                Commands.EVENT_REQUESTS,
                                Integer.toUnsignedLong(connect.keepAliveMillis()),
                                bell -> new DiscoveryService(
                                        surroundings.directory(),
                                        host,
                                        connection.portal(),
                                        id,
                                        lastEntry + 1,
                                        bell))));
    }

    private static Outcome connected(Connect connect, Controller controller) {
        return new Outcome.Connected(controller, connect);
    }

    private Outcome io(Connect connect, ConnectData wanted) {
        Optional<Controller> found = surroundings.controllers().find(wanted.controller());
        if (found.isEmpty() || found.get().portal() != connection.portal()) {
            return wrongInData(ConnectData.CONTROLLER_OFFSET);
        }
        Controller controller = found.get();
        if (!controller.subsystem().equals(wanted.subsystem())) {
            return wrongInData(ConnectData.SUBSYSTEM_OFFSET);
        }
        if (!controller.host().isCalled(wanted.host())) {
            return wrongInData(ConnectData.HOST_OFFSET);
        }
        if (!controller.host().id().equals(wanted.hostId())) {
            return wrongInData(ConnectData.HOST_ID_OFFSET);
        }
        if (connect.queue() > controller.granted()) {
            return wrongInEntry(Connect.QUEUE_OFFSET);
        }
        if (!controller.isReady() || !controller.join(connect.queue(), connection)) {
            return new Outcome.Refused(Status.COMMAND_SEQUENCE_ERROR);
        }
        return connected(connect, controller);
    }

    private static Outcome wrongInEntry(int offset) {
        return new Outcome.Refused(Status.INVALID_CONNECT, ConnectResult.wrongInEntry(offset));
    }

    private static Outcome wrongInData(int offset) {
        return new Outcome.Refused(Status.INVALID_CONNECT, ConnectResult.wrongInData(offset));
    }
}
