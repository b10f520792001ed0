package io.stowage.model;

import java.util.Arrays;
import java.util.Optional;

/** What a volume serves (LXD's volume types), with the words used for it in the API, in paths and on the array. */
public enum VolumeType {
    CONTAINER("container", "containers", "c"),
    VIRTUAL_MACHINE("virtual-machine", "virtual-machines", "v"),
    IMAGE("image", "images", "i"),
    CUSTOM("custom", "custom", "u");

    private final String word;
    private final String folder;
    private final String arrayPrefix;

    VolumeType(String word, String folder, String arrayPrefix) {
        this.word = word;
        this.folder = folder;
        this.arrayPrefix = arrayPrefix;
    }

    /** The word of the API, such as {@code virtual-machine}. */
    public String word() {
        return word;
    }

    /** The folder of mounted volumes of this type below a pool's folder; snapshots are in {@link #snapshotFolder}. */
    public String folder() {
        return folder;
    }

    public String snapshotFolder() {
        return folder + "-snapshots";
    }

    /** The letter with which names on the array begin. */
    public String arrayPrefix() {
        return arrayPrefix;
    }

    public static Optional<VolumeType> of(String word) {
        return Arrays.stream(values()).filter(type -> type.word.equals(word)).findFirst();
    }

    @Override
    public String toString() {
        return word;
    }
}
