package io.stowage.driver.pure;

import io.stowage.driver.ArrayLacks;
import io.stowage.driver.ArrayUnauthorized;
import io.stowage.driver.rest.Call;
import io.stowage.driver.rest.Gateway;
import io.stowage.driver.rest.Session;
import io.stowage.driver.rest.Wire;
import io.stowage.web.client.WebRequest;
import io.stowage.web.client.WebResponse;
import java.time.Duration;
import java.util.ArrayList;

/** How one logs in to a FlashArray: agree on a version, give the API token, get a token of the session. */
final class Entrance implements Session.Door<Entrance.Ticket> {
    /** An agreed version with the token that the array gave for it. */
    record Ticket(ApiVersion version, String token) {
        @Override
        public String toString() {
            return "Ticket[" + version + "]";
        }
    }

    private static final Duration GOODBYE = Duration.ofSeconds(2);
    private static final String TOKEN_HEADER = "x-auth-token";

    private final Gateway gateway;
    private final String apiToken;
    private final Wire wire;

    Entrance(Gateway gateway, String apiToken, Wire wire) {
        this.gateway = gateway;
        this.apiToken = apiToken;
        this.wire = wire;
    }

    @Override
    public Ticket enter() {
        return logIn(agree());
    }

    @Override
    public WebRequest request(Call call, Ticket ticket) {
        return WebRequest.of(call.method(), "/api/" + ticket.version() + "/" + call.target())
                .header("Accept", "application/json")
                .header(TOKEN_HEADER, ticket.token());
    }

    @Override
    public boolean isForgotten(WebResponse answer) {
        return answer.status() == 401;
    }

    @Override
    public void leave(Ticket ticket) {
        var goodbye = Call.post("log out", "logout");
        wire.tryOnce(goodbye, request(goodbye, ticket).deadline(GOODBYE));
    }

    private ApiVersion agree() {
        var call = Call.get("ask for the versions of the API", "api_version");
        var answer = wire.send(call, WebRequest.of("GET", "/api/api_version").header("Accept", "application/json"));
        var offered = new ArrayList<String>();
        if (answer.status() == 200)
            for (var version : wire.json(call, answer).path("version")) offered.add(version.asString(""));
        if (offered.isEmpty()) throw wire.strange(call, answer);
        return ApiVersion.best(offered)
                .orElseThrow(() ->
                        new ArrayLacks("The array at %s speaks REST API versions up to %s; needed is one from %s to %s"
                                .formatted(gateway, offered.getLast(), ApiVersion.OLDEST, ApiVersion.NEWEST)));
    }

    private Ticket logIn(ApiVersion version) {
        var call = Call.post("log in", "login");
        var answer = wire.send(
                call,
                WebRequest.of("POST", "/api/" + version + "/login")
                        .header("Accept", "application/json")
                        .header("api-token", apiToken));
        switch (answer.status()) {
            case 200 -> {}
            case 400, 401, 403 -> throw refused(answer);
            default -> throw wire.strange(call, answer);
        }
        return answer.header(TOKEN_HEADER)
                .map(token -> new Ticket(version, token))
                .orElseThrow(() -> wire.strange(call, answer));
    }

    private ArrayUnauthorized refused(WebResponse answer) {
        return new ArrayUnauthorized("The array at %s does not accept the API token of key \"%s\": %s"
                .formatted(gateway, PureKeys.TOKEN, Refusal.words(answer)));
    }
}
