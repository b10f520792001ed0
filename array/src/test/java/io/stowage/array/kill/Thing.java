package io.stowage.array.kill;

/**
 * A copy of a volume or a snapshot, as the management API has to show it.
 *
 * @param size in bytes
 * @param destroyed whether it waits for its eradication
 */
record Thing(String name, boolean snapshot, long size, boolean destroyed, Content content) {
    Thing withName(String other) {
        return new Thing(other, snapshot, size, destroyed, content);
    }

    Thing withSize(long other) {
        return new Thing(name, snapshot, other, destroyed, content);
    }

    Thing withDestroyed(boolean other) {
        return new Thing(name, snapshot, size, other, content);
    }

    Thing withContent(Thing source) {
        return new Thing(name, snapshot, source.size, destroyed, source.content);
    }

    /** What of it the API shows in a list. */
    String shown() {
        return "%s of %d bytes%s".formatted(name, size, destroyed ? ", destroyed" : "");
    }
}
