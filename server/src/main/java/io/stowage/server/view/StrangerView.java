package io.stowage.server.view;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** The server, as {@code GET /1.0} shows it to those it doesn't trust: nothing of its place and its software. */
@JsonNaming(SnakeCaseStrategy.class)
public record StrangerView(
        List<String> apiExtensions,
        String apiStatus,
        String apiVersion,
        String auth,
        @JsonProperty("public") boolean open,
        List<String> authMethods,
        boolean clientCertificate) {

    /** @param certificate whether the client showed one */
    public static StrangerView of(List<String> extensions, boolean certificate) {
        return new StrangerView(extensions, "stable", "1.0", "untrusted", false, List.of("tls"), certificate);
    }
}
