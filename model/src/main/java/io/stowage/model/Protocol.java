package io.stowage.model;

import java.util.Arrays;
import java.util.Optional;

/** How data travels between host and array: the pool key {@code <driver>.mode}. */
public enum Protocol {
    ISCSI("iscsi", "iscsi", 3260),
    NVME_TCP("nvme/tcp", "nvme", 4420);

    private final String word;
    private final String hostSuffix;
    private final int port;

    Protocol(String word, String hostSuffix, int port) {
        this.word = word;
        this.hostSuffix = hostSuffix;
        this.port = port;
    }

    /** The word in configurations. */
    public String word() {
        return word;
    }

    /** How the array's host objects that we make for this protocol end, after a hyphen. */
    public String hostSuffix() {
        return hostSuffix;
    }

    /** The port of a portal that is given without one. */
    public int defaultPort() {
        return port;
    }

    /** Reads the word; {@code nvme} is an older word for {@code nvme/tcp}. */
    public static Optional<Protocol> of(String word) {
        if (word.equals("nvme")) return Optional.of(NVME_TCP);
        return Arrays.stream(values()).filter(p -> p.word.equals(word)).findFirst();
    }

    @Override
    public String toString() {
        return word;
    }
}
