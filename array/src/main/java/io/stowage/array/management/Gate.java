package io.stowage.array.management;

import io.stowage.array.fault.CallCounts;
import io.stowage.array.fault.Fault;
import io.stowage.array.fault.RestCall;
import io.stowage.array.fault.RestOutcome;
import io.stowage.array.fault.Switchboard;
import io.stowage.web.BodyTooLarge;
import io.stowage.web.Handler;
import io.stowage.web.Request;
import io.stowage.web.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Lock;

/**
 * Stands before a management API: counts requests, and does to them what testers ask for: they are late, refused, or
 * cut off.
 */
public final class Gate implements Handler {
    private static final RestOutcome AS_USUAL = new RestOutcome.Proceed();

    private final Service service;
    private final int longestBody;
    private final Switchboard<RestCall, RestOutcome> switches;
    private final Behaviour.Current behaviour;
    private final CallCounts calls;

    /** The API behind it. */
    public interface Service {
        /** Carries a request out. */
        Response.Whole answer(Request request, byte[] body);

        /** Refuses a request as the array would in this case. */
        Response.Whole refuse(Request request, RestOutcome.Refusal outcome);

        /** Refuses a request whose body is longer than any call needs. */
        Response.Whole refuseLongBody(Request request);

        /** Refuses a request whose path or query is badly encoded. */
        Response.Whole refuseBadUrl();

        /** The request as fault switches look at it. */
        RestCall describe(Request request);

        /** What requests have to hold that are carried out, and wait, one after the other; empty for most. */
        default Optional<Lock> turn(Request request) {
            return Optional.empty();
        }
    }

    /** @param longestBody bytes */
    public Gate(
            Service service,
            int longestBody,
            Switchboard<RestCall, RestOutcome> switches,
            Behaviour.Current behaviour,
            CallCounts calls) {
        this.service = service;
        this.longestBody = longestBody;
        this.switches = switches;
        this.behaviour = behaviour;
        this.calls = calls;
    }

    @Override
    public Response handle(Request request) throws IOException, InterruptedException {
        var turn = service.turn(request);
        if (turn.isEmpty()) {
            return admit(request);
        }
        turn.get().lock();
        try {
            return admit(request);
        } finally {
            turn.get().unlock();
        }
    }

    @Override
    public Response onBadUrl(String message) {
        return service.refuseBadUrl();
    }

    private Response admit(Request request) throws IOException, InterruptedException {
        var call = service.describe(request);
        calls.count(call.method(), call.path());
        var fault = switches.take(call);
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
            return answer(request, request.body(longestBody), outcome);
        } catch (BodyTooLarge e) {
            return service.refuseLongBody(request);
        }
    }

    private Response answer(Request request, byte[] body, RestOutcome outcome) {
        return switch (outcome) {
            case RestOutcome.Proceed() -> service.answer(request, body);
            case RestOutcome.Refusal refusal -> service.refuse(request, refusal);
            case RestOutcome.DropBefore() -> throw new IllegalStateException("dropped before its body is read");
            case RestOutcome.DropAfter() -> {
                service.answer(request, body);
                yield new Response.Dropped();
            }
        };
    }
}
