package io.stowage.server.api;

import io.stowage.engine.Refused;
import io.stowage.model.SnapshotExpiry;
import io.stowage.server.api.Caller.Stranger;
import io.stowage.server.remote.RemoteDoor;
import io.stowage.server.settings.ServerSettings;
import io.stowage.server.trust.TrustStore;
import io.stowage.server.trust.TrustedClient;
import io.stowage.server.view.CertificateView;
import io.stowage.server.view.Urls;
import io.stowage.web.Response;
import io.stowage.web.tls.Pem;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** {@code /1.0/certificates}: who is trusted. Strangers may show a token or the trust password here, and nowhere else. */
final class CertificateResource {
    private static final String ONE = "/1.0/certificates/{fingerprint}";
    private static final String KNOWN = "Client is already trusted";

    private final TrustStore trust;
    private final ServerSettings settings;
    private final RemoteDoor remote;
    private final TokenOperations tokens;
    private final Events events;
    private final Clock clock;

    CertificateResource(
            TrustStore trust,
            ServerSettings settings,
            RemoteDoor remote,
            TokenOperations tokens,
            Events events,
            Clock clock) {
        this.trust = trust;
        this.settings = settings;
        this.remote = remote;
        this.tokens = tokens;
        this.events = events;
        this.clock = clock;
    }

    void addTo(Router router) {
        router.get("/1.0/certificates", this::list)
                .post("/1.0/certificates", this::add)
                .get(ONE, this::get)
                .put(ONE, this::put)
                .patch(ONE, this::patch)
                .delete(ONE, this::delete);
    }

    /** A restricted client sees its own. */
    private Response list(Call call) {
        var shown = trust.list().stream().filter(client -> isShown(client, call));
        return Envelope.sync(
                call.recursive()
                        ? shown.map(CertificateView::of).toList()
                        : shown.map(client -> Urls.certificate(client.fingerprint()))
                                .toList());
    }

    private static boolean isShown(TrustedClient client, Call call) {
        return call.caller().administers() || call.caller().isClient(client.fingerprint());
    }

    private TrustedClient find(Call call) {
        var client = trust.get(call.path("fingerprint"));
        if (!isShown(client, call)) {
            throw Refused.notFound("Certificate not found");
        }
        return client;
    }

    private Response get(Call call) {
        var client = find(call);
        return Envelope.sync(CertificateView.of(client), etag(client));
    }

    private static String etag(TrustedClient client) {
        return Etag.of(CertificateView.of(client));
    }

    private Response add(Call call) throws Exception {
        var body = call.body();
        if (call.caller() instanceof Stranger stranger) {
            return redeem(stranger, body, call);
        }
        if (body.flag("token")) {
            call.caller().requireAdministrator();
            return issue(body);
        }
        if (body.text("certificate").isEmpty()) {
            throw alreadyTrusted(body);
        }
        call.caller().requireAdministrator();
        var certificate = certificate(body.text("certificate"));
        var name = body.text("name").isEmpty() ? commonName(certificate) : body.text("name");
        var client = new TrustedClient(
                Pem.fingerprint(certificate),
                name,
                type(body),
                body.flag("restricted"),
                projects(body),
                Pem.write(certificate));
        trust.add(client);
        return added(client, call);
    }

    /** The status by which newer clients know that they need no token. */
    private ApiError alreadyTrusted(Body body) {
        return new ApiError(trust.isGood(tokenText(body)) ? 409 : 400, KNOWN);
    }

    private Response added(TrustedClient client, Call call) {
        var url = Urls.certificate(client.fingerprint());
        events.lifecycle(call, "certificate-created", url, client.fingerprint());
        return Envelope.created(url);
    }

    /** Whatever is wrong, the answer is the same. */
    private Response redeem(Stranger stranger, Body body, Call call) {
        var refused = new ApiError(403, Caller.REFUSAL);
        var certificate = stranger.certificate().orElseThrow(() -> refused);
        if (!body.text("certificate").isEmpty()) {
            try {
                certificate = certificate(body.text("certificate"));
            } catch (ApiError e) {
                throw refused;
            }
        }
        try {
            certificate.checkValidity(Date.from(clock.instant()));
        } catch (CertificateException e) {
            throw refused;
        }
        var shown = certificate;
        var client = trust.redeem(tokenText(body), certificate)
                .or(() -> byPassword(body, shown))
                .orElseThrow(() -> refused);
        return added(client, call);
    }

    private Optional<TrustedClient> byPassword(Body body, X509Certificate certificate) {
        if (!settings.isTrustPassword(body.text("password"))) {
            return Optional.empty();
        }
        var name = body.text("name").isEmpty() ? commonName(certificate) : body.text("name");
        var client = new TrustedClient(
                Pem.fingerprint(certificate), name, TrustedClient.CLIENT, false, Set.of(), Pem.write(certificate));
        trust.add(client);
        return Optional.of(client);
    }

    /** Newer clients say {@code trust_token}, older ones {@code password}. */
    private static String tokenText(Body body) {
        var token = body.text("trust_token");
        return token.isEmpty() ? body.text("password") : token;
    }

    private Response issue(Body body) {
        if (body.text("name").isEmpty()) {
            throw ApiError.badRequest("Client name must not be empty");
        }
        if (!body.text("certificate").isEmpty()) {
            throw ApiError.badRequest("Cannot use certificate if token is requested");
        }
        if (!type(body).equals(TrustedClient.CLIENT)) {
            throw ApiError.badRequest("Tokens can only be issued for client certificates");
        }
        if (remote.addresses().isEmpty()) {
            throw ApiError.badRequest("Cannot issue token when server is not listening on network");
        }
        var expiry = settings.get(ServerSettings.TOKEN_EXPIRY)
                .flatMap(text -> SnapshotExpiry.parse(text).after(clock.instant()));
        var token = trust.issue(body.text("name"), body.flag("restricted"), projects(body), expiry);
        return Envelope.async(tokens.view(token));
    }

    private Response put(Call call) throws Exception {
        var body = call.body();
        return update(
                call,
                old -> new TrustedClient(
                        old.fingerprint(),
                        body.text("name"),
                        type(body),
                        body.flag("restricted"),
                        projects(body),
                        old.certificate()),
                body);
    }

    private Response patch(Call call) throws Exception {
        var body = call.body();
        return update(
                call,
                old -> new TrustedClient(
                        old.fingerprint(),
                        body.optionalText("name").orElse(old.name()),
                        body.has("type") ? type(body) : old.type(),
                        body.has("restricted") ? body.flag("restricted") : old.restricted(),
                        body.has("projects") ? projects(body) : old.projects(),
                        old.certificate()),
                body);
    }

    private Response update(Call call, UnaryOperator<TrustedClient> change, Body body) {
        var fingerprint = find(call).fingerprint();
        var changed = trust.update(fingerprint, old -> {
            call.requireMatch(etag(old));
            return changed(call, old, change, body.text("certificate"));
        });
        events.forget(fingerprint);
        events.lifecycle(call, "certificate-updated", Urls.certificate(changed.fingerprint()), fingerprint);
        return Envelope.done();
    }

    private static TrustedClient changed(
            Call call, TrustedClient old, UnaryOperator<TrustedClient> change, String pem) {
        var changed = change.apply(old);
        if (!changed.equals(old)) {
            call.caller().requireAdministrator(); // the certificate itself a client may renew
        }
        if (changed.name().isEmpty()) {
            throw ApiError.badRequest("Certificate name must not be empty");
        }
        return pem.isEmpty() || pem.strip().equals(old.certificate().strip()) ? changed : renewed(changed, pem);
    }

    private static TrustedClient renewed(TrustedClient client, String pem) {
        try {
            var certificate = Pem.certificates(pem).getFirst();
            return new TrustedClient(
                    Pem.fingerprint(certificate),
                    client.name(),
                    client.type(),
                    client.restricted(),
                    client.projects(),
                    Pem.write(certificate));
        } catch (IllegalArgumentException e) {
            throw ApiError.badRequest("Invalid certificate: must be in PEM form");
        }
    }

    private Response delete(Call call) {
        var fingerprint = trust.get(call.path("fingerprint")).fingerprint();
        trust.delete(fingerprint);
        events.forget(fingerprint);
        events.lifecycle(call, "certificate-deleted", Urls.certificate(fingerprint), fingerprint);
        return Envelope.done();
    }

    private static String type(Body body) {
        var type = body.text("type").isEmpty() ? TrustedClient.CLIENT : body.text("type");
        if (!type.equals(TrustedClient.CLIENT) && !type.equals(TrustedClient.METRICS)) {
            throw ApiError.badRequest("Unknown request type \"%s\"".formatted(type));
        }
        return type;
    }

    private static Set<String> projects(Body body) {
        return new TreeSet<>(body.texts("projects"));
    }

    /** Base64 of the DER. */
    private static X509Certificate certificate(String base64) {
        try {
            var der = Base64.getMimeDecoder().decode(base64);
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (IllegalArgumentException | CertificateException e) {
            throw ApiError.badRequest("Invalid certificate: must be base64 of its DER");
        }
    }

    private static String commonName(X509Certificate certificate) {
        for (var part : certificate.getSubjectX500Principal().getName().split("(?<!\\\\),")) {
            if (part.startsWith("CN=")) {
                return part.substring(3);
            }
        }
        return Pem.fingerprint(certificate).substring(0, 12);
    }
}
