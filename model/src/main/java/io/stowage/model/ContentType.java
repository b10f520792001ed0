package io.stowage.model;

import java.util.Arrays;
import java.util.Optional;

/** What a volume holds: a file system made by the server, a bare block device, or a read-only ISO image. */
public enum ContentType {
    FILESYSTEM("filesystem", ""),
    BLOCK("block", "-b"),
    ISO("iso", "-i");

    private final String word;
    private final String arraySuffix;

    ContentType(String word, String arraySuffix) {
        this.word = word;
        this.arraySuffix = arraySuffix;
    }

    /** The word of the API. */
    public String word() {
        return word;
    }

    /** How names on the array end. */
    public String arraySuffix() {
        return arraySuffix;
    }

    public static Optional<ContentType> of(String word) {
        return Arrays.stream(values()).filter(type -> type.word.equals(word)).findFirst();
    }

    @Override
    public String toString() {
        return word;
    }
}
