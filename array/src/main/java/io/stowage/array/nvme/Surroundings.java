package io.stowage.array.nvme;

import io.stowage.array.fault.Faults;
import io.stowage.array.namespace.NamespaceServer;
import io.stowage.array.namespace.Subsystems;
import io.stowage.array.namespace.Viewers;
import io.stowage.array.net.BufferPool;
import io.stowage.array.net.SlowLane;
import java.util.List;

/** What all connections of a target share. */
record Surroundings(
        List<Subsystems> served,
        NamespaceServer namespaces,
        Viewers viewers,
        Controllers controllers,
        Directory directory,
        SlowLane slowLane,
        BufferPool buffers,
        Allowance allowance,
        Faults faults) {
    Surroundings {
        served = List.copyOf(served);
    }
}
