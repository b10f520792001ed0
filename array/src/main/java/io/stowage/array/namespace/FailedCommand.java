package io.stowage.array.namespace;

import io.stowage.nvme.command.Status;

/**
 * A command that ended badly.
 *
 * @param block its first block; 0 for commands without
 */
public record FailedCommand(int id, int namespace, long block, Status status) {}
