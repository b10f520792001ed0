package io.stowage.engine.real;

import io.stowage.array.ArrayEndpoints;
import io.stowage.driver.ArrayDriver;
import io.stowage.driver.alletra.AlletraDriver;
import io.stowage.driver.pure.PureDriver;
import io.stowage.driver.rest.Pauses;
import io.stowage.model.Protocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The families of arrays that there are drivers for. */
enum Vendor {
    PURE,
    ALLETRA;

    /** As patient as usual, in less time. */
    private static final Pauses QUICK =
            new Pauses(Duration.ofMillis(1), Pauses.USUAL.attempts(), Pauses.USUAL.patience());

    ArrayDriver driver() {
        return this == PURE ? new PureDriver(QUICK) : new AlletraDriver(QUICK);
    }

    /** The keys of a pool there. */
    Map<String, String> config(ArrayEndpoints endpoints, Protocol protocol) throws IOException {
        if (this == PURE) {
            var endpoint = endpoints.flasharray();
            return Map.of(
                    "pure.gateway", endpoint.management(),
                    "pure.gateway.ca", Files.readString(Path.of(endpoint.certificate())),
                    "pure.api.token", endpoint.apiToken(),
                    "pure.mode", protocol.word());
        }
        var endpoint = endpoints.alletra();
        return Map.of(
                "alletra.wsapi", endpoint.management(),
                "alletra.wsapi.ca", Files.readString(Path.of(endpoint.certificate())),
                "alletra.user.name", endpoint.user(),
                "alletra.user.password", endpoint.password(),
                "alletra.cpg", endpoint.cpg(),
                "alletra.mode", protocol.word());
    }
}
