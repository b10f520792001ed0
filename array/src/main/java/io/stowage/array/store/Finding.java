package io.stowage.array.store;

/**
 * Something wrong that {@link StoreCheck} found.
 *
 * @param where the part of the store, such as "volume 7" or "superblocks"
 * @param problem one sentence
 */
public record Finding(String where, String problem) {}
