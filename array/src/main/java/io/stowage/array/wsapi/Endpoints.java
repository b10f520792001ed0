package io.stowage.array.wsapi;

import io.stowage.array.wsapi.cpg.CpgCalls;
import io.stowage.array.wsapi.cpg.SpaceReporter;
import io.stowage.array.wsapi.host.HostCalls;
import io.stowage.array.wsapi.host.Personas;
import io.stowage.array.wsapi.port.PortCalls;
import io.stowage.array.wsapi.rest.Endpoint;
import io.stowage.array.wsapi.rest.Table;
import io.stowage.array.wsapi.set.HostSets;
import io.stowage.array.wsapi.system.RemoteCopies;
import io.stowage.array.wsapi.system.SystemCalls;
import io.stowage.array.wsapi.vlun.VlunCalls;
import java.util.ArrayList;

/** Puts the rows of all resources together. */
final class Endpoints {
    private Endpoints() {}

    static Table table(Parts parts) {
        var rows = new ArrayList<Endpoint>();
        rows.addAll(new SystemCalls(parts.estate(), parts.identity(), parts.management(), parts.sessions()).rows());
        rows.addAll(new SpaceReporter(parts.estate()).rows());
        rows.addAll(new CpgCalls(parts.estate()).rows());
        rows.addAll(new PortCalls(parts.ports(), parts.identity()).rows());
        rows.addAll(new HostCalls(parts.estate(), parts.ports()).rows());
        rows.addAll(HostSets.calls(parts.estate()).rows());
        rows.addAll(Personas.rows());
        rows.addAll(new VlunCalls(parts.estate(), parts.ports()).rows());
        rows.addAll(parts.data().rows());
        rows.addAll(RemoteCopies.rows());
        return new Table(rows.stream().map(row -> settled(row, parts.data())).toList());
    }

    /** What became due happens before anybody looks. */
    private static Endpoint settled(Endpoint row, DataResources data) {
        return new Endpoint(row.method(), row.path(), call -> {
            data.settle();
            return row.action().answer(call);
        });
    }
}
