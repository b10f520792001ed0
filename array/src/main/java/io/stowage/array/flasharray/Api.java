package io.stowage.array.flasharray;

import io.stowage.array.core.Estate;
import io.stowage.array.fault.RestCall;
import io.stowage.array.fault.RestOutcome;
import io.stowage.array.flasharray.Refusal.Problem;
import io.stowage.array.management.Behaviour;
import io.stowage.array.management.Gate;
import io.stowage.array.store.StoreFull;
import io.stowage.web.Request;
import io.stowage.web.Response;
import io.stowage.web.json.Json;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Stream;

/** The way of a request: version, session, table of endpoints, envelope. */
final class Api implements Gate.Service {
    private static final Logger LOG = System.getLogger(Api.class.getName());

    /** More than any call needs: 30 tags of 256 characters, or the initiators of a host. */
    static final int LONGEST_BODY = 1 << 20;

    private static final int LONGEST_REQUEST_ID = 256;
    private static final String SESSION = "x-auth-token";
    private static final String REQUEST_ID = "X-Request-ID";

    private final Estate estate;
    private final Identity identity;
    private final Endpoints endpoints;
    private final Runnable whatIsDue;
    private final Sessions sessions;
    private final ApiVersion newest;
    private final PageLimit pageLimit;
    private final Behaviour.Current behaviour;

    /** @param whatIsDue done before each call, so that nobody can see that it is late */
    Api(
            Estate estate,
            Identity identity,
            Endpoints endpoints,
            Runnable whatIsDue,
            Sessions sessions,
            ApiVersion newest,
            PageLimit pageLimit,
            Behaviour.Current behaviour) {
        this.estate = estate;
        this.identity = identity;
        this.endpoints = endpoints;
        this.sessions = sessions;
        this.whatIsDue = whatIsDue;
        this.newest = newest;
        this.pageLimit = pageLimit;
        this.behaviour = behaviour;
    }

    /** Paths of all calls, in all versions. */
    List<String> paths() {
        return Stream.concat(endpoints.paths(), Stream.of("api_version", "login", "logout"))
                .toList();
    }

    @Override
    public Response.Whole refuse(Request request, RestOutcome.Refusal outcome) {
        if (outcome instanceof RestOutcome.Expire) {
            request.header(SESSION).ifPresent(sessions::end);
        }
        return echoed(request, RestFaults.refused(outcome));
    }

    @Override
    public Response.Whole refuseLongBody(Request request) {
        return echoed(request, Envelope.errors(413, List.of(new Problem(null, Wording.BODY_TOO_LARGE))));
    }

    @Override
    public Response.Whole refuseBadUrl() {
        return Envelope.of(Refusal.of(Wording.BAD_URL));
    }

    @Override
    public RestCall describe(Request request) {
        return RestFaults.describe(request);
    }

    @Override
    public Response.Whole answer(Request request, byte[] body) {
        return echoed(request, carryOut(request, body));
    }

    private static Response.Whole echoed(Request request, Response.Whole answer) {
        var id = request.header(REQUEST_ID).filter(value -> value.length() <= LONGEST_REQUEST_ID);
        return id.map(value -> answer.with(REQUEST_ID, value)).orElse(answer);
    }

    private Response.Whole carryOut(Request request, byte[] body) {
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
        return Envelope.of(endpoint.action().answer(new Call(version, request.query(), parsed, pageLimit.get())));
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
