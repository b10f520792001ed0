package io.stowage.array.wsapi;

import io.stowage.array.wsapi.rest.Endpoint;
import io.stowage.array.wsapi.rest.Table;
import java.util.ArrayList;

/** Puts the rows of all resources together. */
final class Endpoints {
    private Endpoints() {}

    static Table table(Parts parts) {
        var rows = new ArrayList<Endpoint>();
        return new Table(rows);
    }
}
