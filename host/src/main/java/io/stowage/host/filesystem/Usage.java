package io.stowage.host.filesystem;

/**
 * Space of a mounted file system, in bytes.
 *
 * @param total all there is for data
 * @param used what is taken
 */
public record Usage(long total, long used) {}
