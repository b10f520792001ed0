package io.stowage.engine;

import io.stowage.engine.archive.IndexYaml;
import io.stowage.host.archive.Compression;
import io.stowage.model.InvalidValue;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Backups of custom volumes with file systems or blocks. A backup is a consistent snapshot on the array; its file is made
 * while it is read, and stands nowhere else. The snapshots that a backup has can't be deleted before it. When and how
 * requests are refused: see {@link Pools}.
 */
public interface Backups {
    /** Versions of the index that a backup can have; the oldest is usual, as every LXD reads it. */
    int OLDEST_VERSION = IndexYaml.OLDEST_VERSION;

    int NEWEST_VERSION = IndexYaml.NEWEST_VERSION;

    /** Oldest first. @throws Refused NOT_FOUND when there is no such volume */
    List<Backup> list(VolumeName volume);

    /** @throws Refused NOT_FOUND */
    Backup get(BackupName name);

    /** @throws Refused CONFLICT, BAD_INPUT, NOT_FOUND */
    Started<Backup> create(BackupCreation request);

    /** @throws Refused CONFLICT, BAD_INPUT, NOT_FOUND */
    Started<Backup> rename(BackupName name, String newName);

    /** @throws Refused NOT_FOUND, IN_USE while its file is read */
    Started<@Nullable Void> delete(BackupName name);

    /** The backup's file. @throws Refused NOT_FOUND */
    File open(BackupName name);

    /** Makes a volume from a backup's file while it arrives. @throws Refused CONFLICT, BAD_INPUT, NOT_FOUND */
    Started<Volume> receive(BackupUpload request);

    /** @throws InvalidValue this isn't how a backup can be compressed, or the program for it is missing */
    static void checkCompression(String text) {
        Compression.parse(text);
    }

    /** A backup's file, in LXD's tar layout; the same whenever it is read. */
    interface File {
        /** Its bytes, where they are known before it is made: blocks that aren't compressed. */
        OptionalLong length();

        /**
         * Reads the volume and its snapshots and writes them.
         *
         * @throws IOException the target does not take it
         * @throws Refused what was to be read can't be; what was written is not whole then
         */
        void writeTo(OutputStream target) throws IOException;
    }
}
