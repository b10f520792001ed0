package io.stowage.server.trust;

import io.stowage.database.CertificateRow;
import io.stowage.database.Database;
import io.stowage.database.Transaction;
import io.stowage.database.TrustTokenRow;
import io.stowage.engine.Refused;
import io.stowage.engine.pool.SecretBox;
import io.stowage.web.tls.Pem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** The trusted clients and the tokens, kept in the database: a restart forgets none of them. */
public final class TrustStore {
    private static final int SECRET_BYTES = 32;

    /** LXD's clients show 12 digits of a fingerprint. */
    private static final int SHORTEST_PREFIX = 12;

    private final Database database;
    private final SecretBox secrets;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public TrustStore(Database database, SecretBox secrets, Clock clock) {
        this.database = database;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** Every trusted client, by fingerprint. */
    public List<TrustedClient> list() {
        return database.read(tx -> {
            Map<UUID, Set<String>> projects = tx.certificateProjects().all();
            return tx.certificates().list().stream()
                    .map(row -> client(row, projects.getOrDefault(row.id(), Set.of())))
                    .toList();
        });
    }

    /**
     * The client whose certificate this is; empty when it isn't trusted, or outside of the certificate's validity.
     */
    public Optional<TrustedClient> find(X509Certificate certificate) {
        try {
            certificate.checkValidity(Date.from(clock.instant()));
        } catch (CertificateException e) {
            return Optional.empty();
        }
        var fingerprint = Pem.fingerprint(certificate);
        return database.read(tx -> tx.certificates().find(fingerprint).map(row -> client(tx, row)));
    }

    /**
     * @param prefix at least 12 digits of a fingerprint, if nothing else begins so
     * @throws Refused NOT_FOUND
     */
    public TrustedClient get(String prefix) {
        return database.read(tx -> client(tx, row(tx, prefix)));
    }

    private static CertificateRow row(Transaction tx, String prefix) {
        var exact = tx.certificates().find(prefix);
        if (exact.isPresent()) {
            return exact.get();
        }
        var found = prefix.length() < SHORTEST_PREFIX
                ? List.<CertificateRow>of()
                : tx.certificates().list().stream()
                        .filter(row -> row.fingerprint().startsWith(prefix))
                        .toList();
        if (found.size() != 1) {
            throw Refused.notFound("Certificate not found");
        }
        return found.getFirst();
    }

    private static TrustedClient client(Transaction tx, CertificateRow row) {
        return client(row, tx.certificateProjects().get(row.id()));
    }

    private static TrustedClient client(CertificateRow row, Set<String> projects) {
        return new TrustedClient(
                row.fingerprint(), row.name(), row.type(), row.restricted(), projects, row.certificate());
    }

    /** @throws Refused CONFLICT it is trusted already; NOT_FOUND a project isn't there */
    public void add(TrustedClient client) {
        database.write(tx -> {
            insert(tx, client);
            return client;
        });
    }

    private void insert(Transaction tx, TrustedClient client) {
        refuseTaken(tx, client.fingerprint());
        requireProjects(tx, client.projects());
        var row = new CertificateRow(
                UUID.randomUUID(),
                client.fingerprint(),
                client.name(),
                client.type(),
                client.restricted(),
                client.certificate(),
                clock.instant());
        tx.certificates().insert(row);
        tx.certificateProjects().replace(row.id(), client.projects());
    }

    private static void refuseTaken(Transaction tx, String fingerprint) {
        if (tx.certificates().find(fingerprint).isPresent()) {
            throw Refused.conflict("Certificate already in trust store");
        }
    }

    private static void requireProjects(Transaction tx, Set<String> projects) {
        for (var project : projects) {
            if (tx.projects().find(project).isEmpty()) {
                throw Refused.notFound("Project \"%s\" not found".formatted(project));
            }
        }
    }

    /**
     * Replaces what is known of a client, its certificate included.
     *
     * @param change of what is known when nothing can come in between; it refuses by throwing
     * @return what is known now
     * @throws Refused NOT_FOUND; CONFLICT the new certificate is trusted already
     */
    public TrustedClient update(String fingerprint, UnaryOperator<TrustedClient> change) {
        return database.write(tx -> {
            var old = row(tx, fingerprint);
            var changed = change.apply(client(tx, old));
            if (!changed.fingerprint().equals(old.fingerprint())) {
                refuseTaken(tx, changed.fingerprint());
            }
            requireProjects(tx, changed.projects());
            tx.certificates()
                    .update(new CertificateRow(
                            old.id(),
                            changed.fingerprint(),
                            changed.name(),
                            changed.type(),
                            changed.restricted(),
                            changed.certificate(),
                            old.createdAt()));
            tx.certificateProjects().replace(old.id(), changed.projects());
            return changed;
        });
    }

    /** Trusts it no longer. @throws Refused NOT_FOUND */
    public void delete(String fingerprint) {
        database.write(tx -> {
            tx.certificates().delete(row(tx, fingerprint).id());
            return fingerprint;
        });
    }

    /** The tokens that can be spent now, oldest first. */
    public List<TrustToken> tokens() {
        return database.read(this::tokens);
    }

    private List<TrustToken> tokens(Transaction tx) {
        var now = clock.instant();
        Map<UUID, Set<String>> projects = tx.tokenProjects().all();
        return tx.trustTokens().list().stream()
                .filter(row -> row.expiresAt() == null || row.expiresAt().isAfter(now))
                .map(row -> token(row, projects.getOrDefault(row.id(), Set.of())))
                .toList();
    }

    private TrustToken token(TrustTokenRow row, Set<String> projects) {
        return new TrustToken(
                row.id(),
                row.name(),
                row.restricted(),
                projects,
                secrets.unseal(row.secret(), context(row.id())),
                row.createdAt(),
                Optional.ofNullable(row.expiresAt()));
    }

    /** @throws Refused NOT_FOUND a project isn't there */
    public TrustToken issue(String name, boolean restricted, Set<String> projects, Optional<Instant> expiresAt) {
        var bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        var token = new TrustToken(
                UUID.randomUUID(),
                name,
                restricted,
                projects,
                HexFormat.of().formatHex(bytes),
                clock.instant(),
                expiresAt);
        return database.write(tx -> {
            tx.trustTokens().prune(clock.instant());
            requireProjects(tx, projects);
            tx.trustTokens()
                    .insert(new TrustTokenRow(
                            token.id(),
                            name,
                            restricted,
                            secrets.seal(token.secret(), context(token.id())),
                            token.createdAt(),
                            expiresAt.orElse(null)));
            tx.tokenProjects().replace(token.id(), projects);
            return token;
        });
    }

    /** @return false when there is no such token (any more) */
    public boolean revoke(UUID token) {
        return database.write(tx -> tx.trustTokens().delete(token));
    }

    /** Whether a token with this text could be spent. */
    public boolean isGood(String text) {
        return TokenText.parse(text)
                .flatMap(shown -> database.read(tx -> match(tx, shown)))
                .isPresent();
    }

    /**
     * Spends a token: in one transaction it is gone and the certificate trusted, so that nobody spends it twice.
     *
     * @param text as the client shows it
     * @return empty when there is no such token
     * @throws Refused CONFLICT the certificate is trusted already; the token stays then
     */
    public Optional<TrustedClient> redeem(String text, X509Certificate certificate) {
        return TokenText.parse(text)
                .flatMap(shown -> database.write(tx -> match(tx, shown)
                        .filter(token -> tx.trustTokens().delete(token.id()))
                        .map(token -> {
                            var client = new TrustedClient(
                                    Pem.fingerprint(certificate),
                                    token.name(),
                                    TrustedClient.CLIENT,
                                    token.restricted(),
                                    token.projects(),
                                    Pem.write(certificate));
                            insert(tx, client);
                            return client;
                        })));
    }

    /** Compares with every token, in a time that tells nothing about any secret. */
    private Optional<TrustToken> match(Transaction tx, TokenText shown) {
        var secret = shown.secret().getBytes(StandardCharsets.UTF_8);
        return tokens(tx).stream()
                .filter(token -> MessageDigest.isEqual(token.secret().getBytes(StandardCharsets.UTF_8), secret)
                        && token.name().equals(shown.name()))
                .findFirst();
    }

    private static String context(UUID token) {
        return "trust token " + token;
    }
}
