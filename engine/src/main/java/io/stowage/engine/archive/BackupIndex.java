package io.stowage.engine.archive;

import io.stowage.model.ContentType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code backup/index.yaml} tells about a custom volume's backup.
 *
 * @param driver of the pool it was made in
 * @param optimized whether its content is in a form that only this driver reads
 */
public record BackupIndex(String driver, String pool, boolean optimized, Subject volume, List<Subject> snapshots) {
    /** The archive's first member. */
    public static final String MEMBER = "backup/index.yaml";

    public BackupIndex {
        snapshots = List.copyOf(snapshots);
    }

    /**
     * The volume, or a snapshot of it.
     *
     * @param createdAt null: not known
     * @param expiresAt null: never
     */
    public record Subject(
            String name,
            String description,
            ContentType content,
            Map<String, String> config,
            @Nullable Instant createdAt,
            @Nullable Instant expiresAt) {
        public Subject {
            config = Map.copyOf(config);
        }
    }

    /** Where the volume's content is in the archive. */
    public String volumeMember() {
        return "backup/volume" + suffix();
    }

    /** Where the content of a snapshot is. */
    public String snapshotMember(String snapshot) {
        return "backup/volume-snapshots/" + snapshot + suffix();
    }

    private String suffix() {
        return volume.content() == ContentType.FILESYSTEM ? "" : ".img";
    }
}
