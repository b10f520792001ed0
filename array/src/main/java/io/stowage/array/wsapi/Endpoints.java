package io.stowage.array.wsapi;

import io.stowage.array.wsapi.rest.Endpoint;
import io.stowage.array.wsapi.rest.Table;
import java.util.ArrayList;

/** Puts the rows of all resources together. */
final class Endpoints {
    private Endpoints() {}

    static Table table(Parts parts) {
        var rows = new ArrayList<Endpoint>();
        rows.addAll(parts.data().rows());
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
