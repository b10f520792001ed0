package io.stowage.server.view;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** The server, as {@code GET /1.0} shows it to trusted clients. */
@JsonNaming(SnakeCaseStrategy.class)
public record ServerView(
        Map<String, String> config,
        List<String> apiExtensions,
        String apiStatus,
        String apiVersion,
        String auth,
        @JsonProperty("public") boolean open,
        List<String> authMethods,
        boolean clientCertificate,
        String authUserName,
        String authUserMethod,
        EnvironmentView environment) {}
