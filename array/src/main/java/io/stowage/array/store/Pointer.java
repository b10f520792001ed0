package io.stowage.array.store;

/**
 * Where a page of a tree lies and which one it must be: an address is used again, but never with the
 * same birth.
 *
 * @param address in pages of the metadata file
 * @param birth the store's time when the page was made
 * @param level 0 for a leaf
 */
record Pointer(long address, long birth, int level) {}
