package io.stowage.driver.pure;

import io.stowage.driver.ArrayLacks;
import io.stowage.driver.ArrayUnauthorized;
import io.stowage.web.client.WebRequest;
import io.stowage.web.client.WebResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The session with an array: agrees on a version and logs in when one is first wanted, and anew when the array has forgotten
 * it. Safe for many threads; only one of them logs in.
 */
final class Session {
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
    private final Wire wire;
    private final ReentrantLock loggingIn = new ReentrantLock();
    private volatile @Nullable Ticket ticket;

    Session(Gateway gateway, Wire wire) {
        this.gateway = gateway;
        this.wire = wire;
    }

    /** A ticket; logs in if there is none. */
    Ticket ticket() {
        var known = ticket;
        return known != null ? known : renew(null);
    }

    /** A ticket other than this one, which the array no longer knows. */
    Ticket renew(@Nullable Ticket stale) {
        loggingIn.lock();
        try {
            var known = ticket;
            if (known != null && known != stale) return known;
            ticket = null;
            var fresh = logIn(agree());
            ticket = fresh;
            return fresh;
        } finally {
            loggingIn.unlock();
        }
    }

    /** The request for a call, in the name of a ticket. */
    WebRequest request(Call call, Ticket ticket) {
        return WebRequest.of(call.method(), "/api/" + ticket.version() + "/" + call.target())
                .header("Accept", "application/json")
                .header(TOKEN_HEADER, ticket.token());
    }

    /** Says goodbye: open sessions burden the array. */
    void end() {
        var known = ticket;
        ticket = null;
        if (known == null) return;
        wire.tryOnce(request(Call.post("log out", "logout"), known).deadline(GOODBYE));
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
                        .header("api-token", gateway.token()));
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
