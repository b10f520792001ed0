package io.stowage.engine;

import java.util.OptionalLong;

/**
 * Space of a volume in bytes.
 *
 * @param usedBytes empty when neither file system nor array can tell now
 */
public record VolumeState(OptionalLong usedBytes, long totalBytes) {}
