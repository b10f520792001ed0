package io.stowage.array.store;

/** The store has no volume of this id; it was deleted, or never was. */
public final class NoSuchVolume extends StoreException {
    private static final long serialVersionUID = 1;

    NoSuchVolume(long id) {
        super("the store has no volume " + id, null);
    }
}
