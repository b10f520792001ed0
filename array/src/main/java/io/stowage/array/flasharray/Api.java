package io.stowage.array.flasharray;

import io.stowage.array.core.Estate;
import io.stowage.array.fault.CallCounts;
import io.stowage.array.fault.Fault;
import io.stowage.array.fault.RestOutcome;
import io.stowage.array.flasharray.Refusal.Problem;
import io.stowage.array.store.StoreFull;
import io.stowage.web.BodyTooLarge;
import io.stowage.web.Handler;
import io.stowage.web.Request;
import io.stowage.web.Response;
import io.stowage.web.json.Json;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;

/** The way of a request: version, session, table of endpoints, envelope. */
final class Api implements Handler {
    private static final Logger LOG = System.getLogger(Api.class.getName());

    /** More than any call needs: 30 tags of 256 characters, or the initiators of a host. */
    private static final int LONGEST_BODY = 1 << 20;

    private static final int LONGEST_REQUEST_ID = 256;
    private static final String SESSION = "x-auth-token";
    private static final String REQUEST_ID = "X-Request-ID";
    private static final RestOutcome AS_USUAL = new RestOutcome.Proceed();

    private final Estate estate;
    private final Identity identity;
    private final Endpoints endpoints;
    private final Runnable whatIsDue;
    private final Sessions sessions;
    private final ApiVersion newest;
    private final RestFaults faults;
    private final CallCounts calls;
    private final Behaviour.Current behaviour;

    /** @param whatIsDue done before each call, so that nobody can see that it is late */
    Api(
            Estate estate,
            Identity identity,
            Endpoints endpoints,
            Runnable whatIsDue,
            Sessions sessions,
            ApiVersion newest,
            RestFaults faults,
            CallCounts calls,
            Behaviour.Current behaviour) {
        this.estate = estate;
        this.identity = identity;
        this.endpoints = endpoints;
        this.sessions = sessions;
        this.whatIsDue = whatIsDue;
        this.newest = newest;
        this.faults = faults;
        this.calls = calls;
        this.behaviour = behaviour;
    }

    @Override
    public Response handle(Request request) throws IOException, InterruptedException {
        calls.count(request.method(), RestFaults.path(request.segments()));
        var fault = faults.of(request);
        var wait = behaviour.get().latency().plus(fault.map(Fault::delay).orElse(Duration.ZERO));
        if (wait.isPositive()) {
            Thread.sleep(wait);
        }
        var outcome = fault.map(Fault::outcome).orElse(AS_USUAL);
        if (outcome instanceof RestOutcome.DropBefore) {
            return new Response.Dropped();
        }
        try {
            // Read in any case: a server that answers before it has read the body must close the connection.
            return answer(request, request.body(LONGEST_BODY), outcome);
        } catch (BodyTooLarge e) {
            return echoed(request, Envelope.errors(413, List.of(new Problem(null, Wording.BODY_TOO_LARGE))));
        }
    }

    private Response answer(Request request, byte[] body, RestOutcome outcome) {
        return switch (outcome) {
            case RestOutcome.Proceed() -> echoed(request, answer(request, body));
            case RestOutcome.Refuse refuse -> echoed(request, RestFaults.refused(refuse));
            case RestOutcome.Busy(int status) -> echoed(request, RestFaults.busy(status));
            case RestOutcome.Full() -> echoed(request, RestFaults.full());
            case RestOutcome.Expire() -> {
                request.header(SESSION).ifPresent(sessions::end);
                yield echoed(request, Envelope.of(Refusal.invalidSession()));
            }
            case RestOutcome.DropBefore() -> throw new IllegalStateException("dropped before its body is read");
            case RestOutcome.DropAfter() -> {
                answer(request, body);
                yield new Response.Dropped();
            }
        };
    }

    private static Response.Whole echoed(Request request, Response.Whole answer) {
        var id = request.header(REQUEST_ID).filter(value -> value.length() <= LONGEST_REQUEST_ID);
        return id.map(value -> answer.with(REQUEST_ID, value)).orElse(answer);
    }

    private Response.Whole answer(Request request, byte[] body) {
        try {
            return route(request, body);
        } catch (Refusal refusal) {
            return Envelope.of(refusal);
        } catch (StoreFull e) {
            return Envelope.errors(400, List.of(new Problem(null, Wording.OUT_OF_SPACE)));
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, request.method() + " " + request.rawPath() + " failed", e);
            return Envelope.errors(500, List.of(new Problem(null, Wording.INTERNAL)));
        }
    }

    private Response.Whole route(Request request, byte[] body) {
        var segments = request.segments();
        if (segments.size() < 2 || !segments.getFirst().equals("api")) {
            throw Refusal.unknownUrl();
        }
        if (segments.equals(List.of("api", "api_version"))) {
            return versions(request);
        }
        var version = ApiVersion.parse(segments.get(1))
                .filter(asked -> asked.isPublished() && newest.isAtLeast(asked))
                .orElseThrow(Refusal::unknownUrl);
        var path = String.join("/", segments.subList(2, segments.size()));
        return switch (path) {
            case "login" -> login(request);
            case "logout" -> logout(request);
            default -> call(request, body, version, path);
        };
    }

    private Response.Whole versions(Request request) {
        if (!request.method().equals("GET")) {
            throw Refusal.methodNotAllowed();
        }
        var versions = Json.array();
        newest.announced().forEach(versions::add);
        var body = Json.object();
        body.set("version", versions);
        return Envelope.json(200, body);
    }

    private Response.Whole login(Request request) {
        requirePost(request);
        var token = request.header("api-token").orElse("");
        if (!MessageDigest.isEqual(utf8(token), utf8(identity.apiToken()))) {
            throw Refusal.badToken();
        }
        var body = Json.object();
        body.set("items", Json.array().add(Json.object().put("username", Identity.ADMIN)));
        return Envelope.json(200, body)
                .with(SESSION, sessions.begin(behaviour.get().sessionLimit()));
    }

    private Response.Whole logout(Request request) {
        requirePost(request);
        sessions.end(session(request));
        return Response.empty(200);
    }

    private static void requirePost(Request request) {
        if (!request.method().equals("POST")) {
            throw Refusal.methodNotAllowed();
        }
    }

    private Response.Whole call(Request request, byte[] body, ApiVersion version, String path) {
        session(request);
        var endpoint = endpoints.find(request.method(), path, version);
        var parsed = Body.parse(body);
        whatIsDue.run();
        return Envelope.of(endpoint.action()
                .answer(new Call(
                        version, request.query(), parsed, behaviour.get().pageLimit())));
    }

    /** The token of a session that is good. */
    private String session(Request request) {
        var token = request.header(SESSION).orElseThrow(Refusal::invalidSession);
        sessions.use(
                token,
                estate.read(ArraySettings::of).idleTimeout(),
                behaviour.get().sessionLifetime());
        return token;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
