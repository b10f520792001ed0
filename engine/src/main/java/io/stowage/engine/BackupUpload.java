package io.stowage.engine;

import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A backup file that arrives, to become a volume.
 *
 * @param name null or empty: the one in the backup
 * @param content read, once, while the operation runs; the caller closes it
 */
public record BackupUpload(
        String project, String pool, @Nullable String name, InputStream content) {}
