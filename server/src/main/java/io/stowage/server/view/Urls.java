package io.stowage.server.view;

import io.stowage.engine.BackupName;
import io.stowage.engine.SnapshotName;
import io.stowage.engine.VolumeName;
import io.stowage.server.settings.Profile;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/**
 * URLs of objects, relative to the server. Each element is escaped once; objects outside the default
 * project carry {@code ?project=}.
 */
public final class Urls {
    private Urls() {}

    public static String pool(String pool) {
        return "/1.0/storage-pools/" + escaped(pool);
    }

    public static String volume(VolumeName volume) {
        return path(volume) + query(volume);
    }

    public static String snapshot(SnapshotName snapshot) {
        return path(snapshot) + query(snapshot.volume());
    }

    public static String attachment(VolumeName volume, UUID id) {
        return path(volume) + "/attachments/" + id + query(volume);
    }

    public static String attachment(SnapshotName snapshot, UUID id) {
        return path(snapshot) + "/attachments/" + id + query(snapshot.volume());
    }

    public static String warning(String id) {
        return "/1.0/warnings/" + id;
    }

    public static String certificate(String fingerprint) {
        return "/1.0/certificates/" + fingerprint;
    }

    public static String project(String project) {
        return "/1.0/projects/" + escaped(project);
    }

    /** Those of these profiles that use a volume. */
    public static List<String> usingProfiles(List<Profile> profiles, VolumeName volume) {
        return profiles.stream()
                .filter(profile -> profile.uses(volume))
                .map(profile -> defaultProfile(profile.project()))
                .toList();
    }

    /** Those of these profiles that use anything in a pool. */
    public static List<String> usingProfiles(List<Profile> profiles, String pool) {
        return profiles.stream()
                .filter(profile -> profile.uses(pool))
                .map(profile -> defaultProfile(profile.project()))
                .toList();
    }

    /** Of a project. */
    public static String defaultProfile(String project) {
        return "/1.0/profiles/default" + query(project);
    }

    public static String backup(BackupName backup) {
        return path(backup.volume()) + "/backups/" + escaped(backup.name()) + query(backup.volume());
    }

    public static String operation(UUID id) {
        return "/1.0/operations/" + id;
    }

    private static String path(VolumeName volume) {
        return pool(volume.pool()) + "/volumes/custom/" + escaped(volume.name());
    }

    private static String path(SnapshotName snapshot) {
        return path(snapshot.volume()) + "/snapshots/" + escaped(snapshot.name());
    }

    private static String query(VolumeName volume) {
        return query(volume.project());
    }

    private static String query(String project) {
        return project.equals(VolumeName.DEFAULT_PROJECT) ? "" : "?project=" + escaped(project);
    }

    private static String escaped(String element) {
        return URLEncoder.encode(element, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
