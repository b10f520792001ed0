package io.stowage.array.nvme;

import io.stowage.array.core.Aborter;
import io.stowage.array.core.LogicalUnit;
import io.stowage.array.core.Registrant;
import io.stowage.nvme.command.Status;
import java.util.Collection;
import java.util.stream.Stream;

/** Aborts the commands of those whose registration was preempted, in all their controllers. Base 2.0, section 8.19.7. */
final class ControllerAborter implements Aborter {
    /** Command aborted due to preempt and abort. Base 2.0, figure 94. */
    private static final Status PREEMPTED = new Status(0x01B);

    private final Controllers controllers;

    ControllerAborter(Controllers controllers) {
        this.controllers = controllers;
    }

    @Override
    public void abort(LogicalUnit unit, Collection<Registrant> whose) {
        controllers.all().stream()
                .filter(one -> one.service() instanceof NamespaceService service
                        && whose.contains(service.viewer().registrant()))
                .flatMap(one -> one.ioConnections().stream())
                .flatMap(one -> Stream.ofNullable(one.commands().orElse(null)))
                .forEach(commands -> commands.execution().abort(unit, PREEMPTED));
    }
}
