package io.stowage.array.nvme;

import io.stowage.array.namespace.Ending;
import io.stowage.nvme.command.Status;
import io.stowage.nvme.command.SubmissionEntry;
import io.stowage.nvme.fabrics.Capabilities;
import io.stowage.nvme.fabrics.Configuration;
import io.stowage.nvme.fabrics.FabricsCommand;
import io.stowage.nvme.fabrics.Property;

/** Fabrics commands of a queue that is connected. Base 2.0, section 6. */
final class FabricsCommands {
    /** NVMe 1.4, as Identify says. */
    private static final int VERSION = 0x0001_0400;

    /** Units of 500 ms in which a controller gets ready. */
    private static final int READY_TIMEOUT = 15;

    private final Controller controller;
    private final int queue;
    private final Capabilities capabilities;

    /** @param lastEntry entries of the longest queue, minus one */
    FabricsCommands(Controller controller, int queue, int lastEntry) {
        this.controller = controller;
        this.queue = queue;
        this.capabilities = Capabilities.of(lastEntry, READY_TIMEOUT);
    }

    /** Carries one out; {@link FabricsCommand#DISCONNECT} is left to the caller. */
    Ending run(SubmissionEntry entry) {
        return switch (entry.fabricsType()) {
            case FabricsCommand.PROPERTY_GET -> onAdmin(get(Property.parse(entry)));
            case FabricsCommand.PROPERTY_SET ->
                queue == 0 ? set(Property.parse(entry)) : Ending.of(Status.INVALID_FIELD);
            case FabricsCommand.CONNECT -> Ending.of(Status.COMMAND_SEQUENCE_ERROR);
            default -> Ending.of(Status.INVALID_FIELD);
        };
    }

    /** Properties belong to the admin queue. Base 2.0, figure 381. */
    private Ending onAdmin(Ending ending) {
        return queue == 0 ? ending : Ending.of(Status.INVALID_FIELD);
    }

    private Ending get(Property property) {
        return switch (property.offset()) {
            case Property.CAP -> value(property, true, capabilities.value());
            case Property.VS -> value(property, false, VERSION);
            case Property.CC ->
                value(property, false, controller.configuration().value());
            case Property.CSTS -> value(property, false, controller.status().value());
            default -> Ending.of(Status.INVALID_FIELD);
        };
    }

    private static Ending value(Property asked, boolean wide, long value) {
        return asked.wide() == wide ? new Ending(Status.SUCCESS, value) : Ending.of(Status.INVALID_FIELD);
    }

    private Ending set(Property property) {
        return property.offset() == Property.CC && !property.wide()
                ? Ending.of(controller.configure(new Configuration((int) property.value())))
                : Ending.of(Status.INVALID_FIELD);
    }
}
