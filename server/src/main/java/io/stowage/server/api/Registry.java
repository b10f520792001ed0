package io.stowage.server.api;

import io.stowage.database.Database;
import io.stowage.engine.Projects;
import io.stowage.engine.Warnings;
import io.stowage.engine.pool.SecretBox;
import io.stowage.server.settings.Profiles;
import io.stowage.server.settings.ServerSettings;
import io.stowage.server.trust.TrustStore;
import java.time.Clock;
import java.util.UUID;

/** What an installation knows beside storage. */
public record Registry(
        Projects projects, TrustStore trust, ServerSettings settings, Profiles profiles, Warnings warnings) {
    /** @param member this one */
    public static Registry of(Database database, SecretBox secrets, UUID member, Warnings warnings, Clock clock) {
        return new Registry(
                new Projects(database),
                new TrustStore(database, secrets, clock),
                new ServerSettings(database, member),
                new Profiles(database),
                warnings);
    }
}
