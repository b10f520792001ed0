package io.stowage.engine;

import java.util.Locale;

/** What a volume holds. */
public enum ContentType {
    /** A file system that the server made and mounts. */
    FILESYSTEM,
    /** A raw block device. */
    BLOCK;

    /** The name in the API and the database. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @param key as in the API; empty means filesystem */
    public static ContentType of(String key) {
        return switch (key) {
            case "", "filesystem" -> FILESYSTEM;
            case "block" -> BLOCK;
            default ->
                throw Refused.badInput("Invalid volume content type \"" + key + "\" (not one of [filesystem block])");
        };
    }
}
