package io.stowage.array.management;

import io.stowage.web.Handler;
import io.stowage.web.Listener;
import io.stowage.web.WebServer;
import java.io.IOException;
import java.util.List;

/**
 * The management API of a personality without a network.
 *
 * @param handler answers requests
 * @param testing what testers find beside it
 */
public record ManagementApi(Handler handler, Testing testing) {
    /**
     * Serves it until the service is closed.
     *
     * @throws IOException the address can't be bound
     */
    public Personality.Service serve(Personality.Management management) throws IOException {
        var listener =
                new Listener.Https(management.address(), management.certificate(), Listener.TlsPolicy.SERVER_ONLY);
        return new Personality.Service(WebServer.start(testing.personality(), handler, List.of(listener)), testing);
    }
}
