package io.stowage.driver.rest;

import io.stowage.driver.ArrayException;
import io.stowage.driver.ArrayTraffic;
import io.stowage.driver.ArrayUnreachable;
import io.stowage.driver.ArrayUntrusted;
import io.stowage.web.client.WebRequest;
import io.stowage.web.client.WebResponse;
import io.stowage.web.json.MalformedJson;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLHandshakeException;
import tools.jackson.databind.JsonNode;

/** Sends requests to one gateway, again after a growing pause when that may help and can do no harm. */
public final class Wire implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Wire.class.getName());

    private static final int HTTPS = 443;
    private static final int REACH_MILLIS = 10_000;

    private final Gateway gateway;
    private final Dialect dialect;
    private final Pauses pauses;
    private final Line line;

    public Wire(Gateway gateway, Dialect dialect, Pauses pauses) {
        this.gateway = gateway;
        this.dialect = dialect;
        this.pauses = pauses;
        this.line = new Line(gateway);
    }

    /**
     * Sends a request until there is an answer, whatever its status.
     *
     * @throws ArrayUnreachable if there was none in the time and the attempts that {@link Pauses} gives
     * @throws ArrayUntrusted if the certificate does not verify
     */
    public WebResponse send(Call call, WebRequest request) {
        var start = System.nanoTime();
        for (int attempt = 1; ; attempt++) {
            var last = attempt >= pauses.attempts()
                    || System.nanoTime() - start >= pauses.patience().toNanos();
            try {
                var answer = call.repeat() == Call.Repeat.NEVER ? line.sendFresh(request) : line.send(request);
                var later = dialect.later(answer);
                if (later == Dialect.Later.NO) return answer;
                var mayRepeat = call.repeat() == Call.Repeat.FREELY || later == Dialect.Later.NOT_DONE;
                if (last || !mayRepeat)
                    throw new ArrayUnreachable(
                            "The array at %s can't serve now: %s".formatted(gateway, dialect.words(answer)), null);
                pause(attempt, request, "status " + answer.status());
            } catch (IOException e) {
                if (isUntrusted(e)) throw untrusted(e);
                if (last
                        || e instanceof InterruptedIOException
                                && Thread.currentThread().isInterrupted()) throw unreachable(call, e);
                if (call.repeat() == Call.Repeat.NEVER && !wasNotSent(e)) throw unreachable(call, e);
                pause(attempt, request, String.valueOf(e.getMessage()));
            }
        }
    }

    /**
     * Sends a request whose outcome is of no interest.
     *
     * @param call what it is for; its path may be a session's key
     */
    public void tryOnce(Call call, WebRequest request) {
        try {
            var answer = line.send(request);
            LOG.log(System.Logger.Level.DEBUG, "To {0}: status {1}", call.doing(), answer.status());
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "To {0}: {1}", call.doing(), e.getMessage());
        }
    }

    public JsonNode json(Call call, WebResponse answer) {
        try {
            return answer.json();
        } catch (MalformedJson e) {
            throw strange(call, answer);
        }
    }

    /** The answer is none that an array of the family gives. */
    public ArrayException strange(Call call, WebResponse answer) {
        return new ArrayUnreachable(
                "What answers at %s is no %s, or one in trouble: to the request to %s it said: %s"
                        .formatted(gateway, dialect.family(), call.doing(), dialect.words(answer)),
                null);
    }

    /** What was sent so far, and came back. */
    public ArrayTraffic traffic() {
        return line.meter().read();
    }

    @Override
    public void close() {
        line.close();
    }

    /**
     * Waits before something is tried again.
     *
     * @param failed how many attempts have failed, from 1
     */
    public void pause(int failed, Object what, String why) {
        var pause = pauses.after(failed);
        LOG.log(System.Logger.Level.DEBUG, "{0} again in {1}: {2}", what, pause, why);
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ArrayUnreachable("Interrupted while waiting for the array at " + gateway, e);
        }
    }

    /** @throws ArrayUnreachable if nothing answers at the array's address; it is asked nothing */
    public void reach() {
        var address = gateway.address();
        var port = address.getPort() == -1 ? HTTPS : address.getPort();
        try (var socket = new Socket()) {
            var host = address.getHost().replaceAll("^\\[|]$", "");
            socket.connect(new InetSocketAddress(host, port), REACH_MILLIS);
        } catch (IOException e) {
            throw new ArrayUnreachable("The array at %s can't be reached (%s)".formatted(gateway, reason(e)), e);
        }
    }

    private ArrayUnreachable unreachable(Call call, IOException e) {
        var unknown = wasNotSent(e) || call.method().equals("GET") ? "" : ", and whether it took effect is not known";
        return new ArrayUnreachable(
                "The array at %s does not answer the request to %s (%s)%s"
                        .formatted(gateway, call.doing(), reason(e), unknown),
                e);
    }

    private ArrayUntrusted untrusted(IOException e) {
        return new ArrayUntrusted(
                "The certificate of the array at %s does not verify (%s): give its certificate in key \"%s\""
                        .formatted(gateway, reason(e), gateway.certificates()),
                e);
    }

    private static String reason(IOException e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof UnknownHostException || t instanceof java.nio.channels.UnresolvedAddressException)
                return "the host name is not known";
            if (t instanceof HttpConnectTimeoutException) return "no connection in time";
        }
        if (e instanceof ConnectException) return e.getMessage() == null ? "connection refused" : e.getMessage();
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static boolean wasNotSent(IOException e) {
        return e instanceof ConnectException
                || e instanceof HttpConnectTimeoutException
                || e instanceof SSLHandshakeException;
    }

    private static boolean isUntrusted(IOException e) {
        for (Throwable t = e; t != null; t = t.getCause())
            if (t instanceof CertificateException || t instanceof CertPathValidatorException) return true;
        return false;
    }
}
