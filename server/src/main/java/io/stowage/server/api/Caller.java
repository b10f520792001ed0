package io.stowage.server.api;

import io.stowage.engine.Requestor;
import io.stowage.server.trust.TrustStore;
import io.stowage.server.trust.TrustedClient;
import io.stowage.web.Peer;
import io.stowage.web.tls.Pem;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;

/** Who asks, and what is open to it. */
sealed interface Caller {
    /** The text that answers whoever may not do something; it tells nothing about what there is. */
    String REFUSAL = "not authorized";

    /** Everything is open to it: it opened the unix socket, or its certificate is trusted without restriction. */
    record Administrator(Requestor requestor) implements Caller {}

    /** What belongs to these projects is open to it. */
    record Restricted(Requestor requestor, Set<String> projects) implements Caller {}

    /**
     * Nothing but metrics is open to it.
     *
     * @param certificate by which it is known
     * @param projects those whose metrics it may read; all metrics if empty
     */
    record Observer(X509Certificate certificate, Optional<Set<String>> projects) implements Caller {}

    /**
     * Nobody knows it.
     *
     * @param certificate what it showed, if it showed any
     */
    record Stranger(Optional<X509Certificate> certificate) implements Caller {}

    /** Looks somebody up. The decision is made anew for each request, so that revoked trust ends at once. */
    static Caller of(Peer peer, TrustStore trust) {
        return switch (peer) {
            case Peer.Local local -> new Administrator(new Requestor(local.user(), "unix", "@"));
            case Peer.Remote remote ->
                remote.certificate()
                        .flatMap(certificate ->
                                trust.find(certificate).map(client -> known(client, certificate, remote.address())))
                        .orElseGet(() -> new Stranger(remote.certificate()));
        };
    }

    private static Caller known(TrustedClient client, X509Certificate certificate, InetSocketAddress address) {
        if (client.type().equals(TrustedClient.METRICS)) {
            return new Observer(certificate, client.restricted() ? Optional.of(client.projects()) : Optional.empty());
        }
        var place = "%s:%d".formatted(address.getAddress().getHostAddress(), address.getPort());
        var requestor = new Requestor(client.fingerprint(), "tls", place);
        return client.restricted() ? new Restricted(requestor, client.projects()) : new Administrator(requestor);
    }

    /** Whether it is known, and for more than metrics. */
    default boolean isTrusted() {
        return switch (this) {
            case Administrator _, Restricted _ -> true;
            case Observer _, Stranger _ -> false;
        };
    }

    default boolean administers() {
        return this instanceof Administrator;
    }

    /** Whether what belongs to a project is open to it. */
    default boolean mayUse(String project) {
        return switch (this) {
            case Administrator _ -> true;
            case Restricted restricted -> restricted.projects().contains(project);
            case Observer _, Stranger _ -> false;
        };
    }

    /** The projects whose metrics it may read, and no others; empty if it may read all of them. */
    default Optional<Set<String>> observes() {
        return switch (this) {
            case Administrator _ -> Optional.empty();
            case Restricted restricted -> Optional.of(restricted.projects());
            case Observer observer -> observer.projects();
            case Stranger _ -> Optional.of(Set.of());
        };
    }

    /** The certificate it showed, if it came with one and isn't trusted. */
    default Optional<X509Certificate> untrusted() {
        return switch (this) {
            case Administrator _, Restricted _ -> Optional.empty();
            case Observer observer -> Optional.of(observer.certificate());
            case Stranger stranger -> stranger.certificate();
        };
    }

    /** Empty for whoever isn't trusted. */
    default Optional<Requestor> identity() {
        return switch (this) {
            case Administrator administrator -> Optional.of(administrator.requestor());
            case Restricted restricted -> Optional.of(restricted.requestor());
            case Observer _, Stranger _ -> Optional.empty();
        };
    }

    /** Whether this is the certificate with which it came. */
    default boolean isClient(String fingerprint) {
        return switch (this) {
            case Observer _, Stranger _ ->
                untrusted().map(Pem::fingerprint).filter(fingerprint::equals).isPresent();
            case Administrator _, Restricted _ ->
                identity()
                        .filter(one ->
                                one.protocol().equals("tls") && one.username().equals(fingerprint))
                        .isPresent();
        };
    }

    /** @throws ApiError 403 */
    default void requireAdministrator() {
        if (!administers()) {
            throw new ApiError(403, REFUSAL);
        }
    }

    /** @throws ApiError 403 */
    default void requireProject(String project) {
        if (!mayUse(project)) {
            throw new ApiError(403, REFUSAL);
        }
    }
}
