package io.stowage.cli;

import io.stowage.client.StowageClient;

/** A custom volume, or one of its snapshots when the name is {@code VOLUME/SNAPSHOT}. */
record Place(String pool, String volume, String snapshot) {
    static Place of(String pool, String name) {
        int slash = name.indexOf('/');
        return slash < 0
                ? new Place(pool, name, "")
                : new Place(pool, name.substring(0, slash), name.substring(slash + 1));
    }

    /** @throws Wrong unless the text is {@code POOL/VOLUME} or {@code POOL/VOLUME/SNAPSHOT} */
    static Place parse(String text) {
        int slash = text.indexOf('/');
        if (slash <= 0 || slash == text.length() - 1) {
            throw new Wrong("\"" + text + "\" is not of the form POOL/VOLUME");
        }
        return of(text.substring(0, slash), text.substring(slash + 1));
    }

    String path() {
        String volumePath = volumes(pool) + "/" + StowageClient.path(volume).substring("/1.0/".length());
        return snapshot.isEmpty()
                ? volumePath
                : volumePath + StowageClient.path("snapshots", snapshot).substring("/1.0".length());
    }

    /** The volume's name as the source of a copy. */
    String name() {
        return snapshot.isEmpty() ? volume : volume + "/" + snapshot;
    }

    static String volumes(String pool) {
        return StowageClient.path("storage-pools", pool, "volumes", "custom");
    }
}
