package io.stowage.server.view;

import io.stowage.engine.Backup;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A backup, as {@code GET …/backups/NAME} shows it; its times have whole seconds, as LXD's have.
 *
 * @param optimizedStorage false: the drivers have no form of their own for backups
 */
@JsonNaming(SnakeCaseStrategy.class)
public record BackupView(
        String name, String createdAt, String expiresAt, boolean volumeOnly, boolean optimizedStorage) {

    public static BackupView of(Backup backup) {
        var expiry = backup.expiresAt();
        return new BackupView(
                backup.name().name(),
                GoTime.write(backup.createdAt().truncatedTo(ChronoUnit.SECONDS)),
                GoTime.write(expiry == null ? null : expiry.truncatedTo(ChronoUnit.SECONDS)),
                backup.volumeOnly(),
                false);
    }
}
