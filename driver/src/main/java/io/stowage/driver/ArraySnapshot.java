package io.stowage.driver;

import io.stowage.model.ByteSize;
import java.time.Instant;

/**
 * A snapshot as the array has it.
 *
 * @param size the volume's size when it was taken
 * @param used bytes only it holds; 0 if the array doesn't say
 */
public record ArraySnapshot(SnapshotRef ref, ByteSize size, ByteSize used, Instant created) {}
