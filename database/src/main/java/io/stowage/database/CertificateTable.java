package io.stowage.database;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The trusted clients, by fingerprint. */
public final class CertificateTable {
    private final Handle handle;

    CertificateTable(Handle handle) {
        this.handle = handle;
    }

    public void insert(CertificateRow row) {
        handle.createUpdate("INSERT INTO certificates"
                        + " (id, fingerprint, name, type, restricted, certificate, created_at) VALUES"
                        + " (:id, :fingerprint, :name, :type, :restricted, :certificate, :createdAt)")
                .bindMethods(row)
                .execute();
    }

    public Optional<CertificateRow> find(String fingerprint) {
        return handle.createQuery("SELECT * FROM certificates WHERE fingerprint = :fingerprint")
                .bind("fingerprint", fingerprint)
                .mapTo(CertificateRow.class)
                .findOne();
    }

    public List<CertificateRow> list() {
        return handle.createQuery("SELECT * FROM certificates ORDER BY fingerprint")
                .mapTo(CertificateRow.class)
                .list();
    }

    /** Replaces everything but identity and date. */
    public void update(CertificateRow row) {
        handle.createUpdate("UPDATE certificates SET fingerprint = :fingerprint, name = :name, type = :type,"
                        + " restricted = :restricted, certificate = :certificate WHERE id = :id")
                .bindMethods(row)
                .execute();
    }

    public void delete(UUID id) {
        handle.createUpdate("DELETE FROM certificates WHERE id = :id")
                .bind("id", id)
                .execute();
    }
}
