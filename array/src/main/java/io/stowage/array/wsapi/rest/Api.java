package io.stowage.array.wsapi.rest;

import io.stowage.array.fault.RestCall;
import io.stowage.array.fault.RestOutcome;
import io.stowage.array.management.Gate;
import io.stowage.array.store.StoreFull;
import io.stowage.web.Request;
import io.stowage.web.Response;
import io.stowage.web.json.Json;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.stream.Stream;

/** The way of a request (section 1): session, table of endpoints, answer. */
public final class Api implements Gate.Service {
    /** More than any call needs: a host with 1024 paths, a set with all volumes. */
    public static final int LONGEST_BODY = 1 << 20;

    private static final Logger LOG = System.getLogger(Api.class.getName());
    private static final String SESSION = "X-HP3PAR-WSAPI-SessionKey";
    private static final List<String> BASE = List.of("api", "v1");
    private static final String CREDENTIALS = "credentials";
    private static final Set<String> WITH_BODY = Set.of("POST", "PUT");

    private final Table table;
    private final Sessions sessions;
    private final List<Account> accounts;
    private final ApiVersion version;

    public Api(Table table, Sessions sessions, List<Account> accounts, ApiVersion version) {
        this.table = table;
        this.sessions = sessions;
        this.accounts = List.copyOf(accounts);
        this.version = version;
    }

    /** Paths of all calls, with stars for names. */
    public List<String> paths() {
        return Stream.concat(table.paths(), Stream.of("api", CREDENTIALS, CREDENTIALS + "/*"))
                .toList();
    }

    @Override
    public Response.Whole answer(Request request, byte[] body) {
        try {
            return Envelope.of(route(request, body));
        } catch (Refusal refusal) {
            return Envelope.of(refusal);
        } catch (StoreFull e) {
            return Envelope.of(Problem.NO_SPACE.refusal());
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, request.method() + " " + request.rawPath() + " failed", e);
            return Envelope.of(Problem.INT_SERV_ERR.refusal());
        }
    }

    private Answer route(Request request, byte[] body) {
        if (request.protocol().equals("HTTP/1.0")) {
            throw Problem.UNSUP_HTTP.refusal();
        }
        requireAcceptable(request);
        var segments = segments(request);
        if (segments.equals(List.of("api"))) {
            return versions(request);
        }
        if (segments.size() <= BASE.size() || !segments.subList(0, BASE.size()).equals(BASE)) {
            throw Problem.URI_RES_NOT_FOUND.refusal();
        }
        var path = segments.subList(BASE.size(), segments.size());
        if (path.getFirst().equals(CREDENTIALS)) {
            return credentials(request, path, body);
        }
        var account = sessions.use(request.header(SESSION).orElse(""));
        var match = table.find(request.method(), path);
        if (!account.role().may(match.endpoint())) {
            throw Problem.PERM_DENIED.refusal();
        }
        return match.endpoint().action().answer(new Call(match.names(), request.query(), input(request, body)));
    }

    /** Clients write doubled slashes, and slashes at the end. */
    private static List<String> segments(Request request) {
        return request.segments().stream().filter(segment -> !segment.isEmpty()).toList();
    }

    private static void requireAcceptable(Request request) {
        if (!isAny(request.header("Accept"), "*/*", "application/*", "application/json")) {
            throw Problem.UNSUP_REPRESENTATION.refusal();
        }
        if (!isAny(request.header("Accept-Language"), "*", "en")) {
            throw Problem.UNSUP_LANGUAGE.refusal();
        }
    }

    /** Whether a header is absent or has one of these texts in it. */
    private static boolean isAny(Optional<String> header, String... texts) {
        var given = header.orElse("").toLowerCase(Locale.ROOT);
        return given.isBlank() || List.of(texts).stream().anyMatch(given::contains);
    }

    /** Bodies of GET and DELETE count nothing. */
    private static Input input(Request request, byte[] body) {
        if (!WITH_BODY.contains(request.method()) || body.length == 0) {
            return Input.none();
        }
        var type = request.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (!type.startsWith("application/json")) {
            throw Problem.UNSUP_CONTENT.refusal();
        }
        return Input.parse(body);
    }

    private Answer versions(Request request) {
        if (!request.method().equals("GET")) {
            throw Problem.UNSUP_OP.refusal();
        }
        return Answer.of(version.json());
    }

    private Answer credentials(Request request, List<String> path, byte[] body) {
        if (path.size() == 1 && request.method().equals("POST")) {
            var input = input(request, body);
            input.allow("user", "password", "sessionType");
            input.number("sessionType", 1, 3);
            var user = input.requiredText("user");
            var password = input.requiredText("password");
            var account = accounts.stream()
                    .filter(one -> one.is(user, password))
                    .findFirst()
                    .orElseThrow(Problem.INV_USER_PASS::refusal);
            var key = sessions.begin(account);
            return new Answer(201, Optional.empty(), Optional.of(Json.object().put("key", key))).at(CREDENTIALS, key);
        }
        if (path.size() == 2 && request.method().equals("DELETE")) {
            sessions.use(path.getLast());
            sessions.end(path.getLast());
            return Answer.done();
        }
        throw path.size() > 2 ? Problem.URI_RES_NOT_FOUND.refusal() : Problem.UNSUP_OP.refusal();
    }

    @Override
    public Response.Whole refuse(Request request, RestOutcome.Refusal outcome) {
        return switch (outcome) {
            case RestOutcome.Refuse refuse -> Envelope.error(refuse.status(), code(refuse), refuse.message());
            case RestOutcome.Busy _ -> Envelope.of(Problem.TOO_BUSY.refusal());
            case RestOutcome.Full() -> Envelope.of(Problem.NO_SPACE.refusal());
            case RestOutcome.Expire() -> {
                request.header(SESSION).ifPresent(sessions::end);
                yield Envelope.of(Problem.INV_SESS_KEY.refusal());
            }
        };
    }

    /** The number that was asked for, or one that fits the status. */
    private static int code(RestOutcome.Refuse refuse) {
        var context = refuse.context();
        if (context != null && context.matches("[0-9]{1,4}")) {
            return Integer.parseInt(context);
        }
        return switch (refuse.status()) {
            case 403 -> Problem.PERM_DENIED.code();
            case 404 -> Problem.URI_RES_NOT_FOUND.code();
            case 409 -> Problem.IN_USE.code();
            case 503 -> Problem.SVC_UNAVAIL.code();
            default -> refuse.status() < 500 ? Problem.OTHER.code() : Problem.INT_SERV_ERR.code();
        };
    }

    @Override
    public Response.Whole refuseLongBody(Request request) {
        return Envelope.of(Problem.INPUT_TOO_LONG.refusal());
    }

    @Override
    public Response.Whole refuseBadUrl() {
        return Envelope.of(Problem.URL_PERCENT_ENCODING.refusal());
    }

    /** The path as the table has it, and the names in it as objects. */
    @Override
    public RestCall describe(Request request) {
        var segments = segments(request);
        var path = segments.subList(Math.min(BASE.size(), segments.size()), segments.size());
        return table.onPath(path)
                .map(match -> new RestCall(request.method(), match.endpoint().pattern(), match.names()))
                .orElseGet(() -> new RestCall(request.method(), String.join("/", path), List.of()));
    }

    @Override
    public Optional<Lock> turn(Request request) {
        return request.header(SESSION).flatMap(sessions::turn);
    }
}
