package io.stowage.array.namespace;

import io.stowage.array.core.LogicalUnit;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Flush, of one namespace or of all that the host may use. Base 2.0, section 7.1. */
final class Flush {
    private Flush() {}

    static Plan of(Access access) {
        return new Plan.Run(Optional.empty(), 0, 0, Plan.Pace.SLOW, access.guarded(data -> {
            access.unit().flush();
            return Ending.GOOD;
        }));
    }

    static Plan everywhere(Viewer viewer) {
        List<LogicalUnit> units = List.copyOf(viewer.namespaces().values());
        return new Plan.Run(Optional.empty(), 0, 0, Plan.Pace.SLOW, data -> {
            try {
                for (LogicalUnit unit : units) {
                    unit.flush();
                }
                return Ending.GOOD;
            } catch (IOException e) {
                return Ending.of(NamespaceServer.statusOf(e));
            }
        });
    }
}
