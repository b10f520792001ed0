package io.stowage.engine;

import io.stowage.engine.migration.TargetPeer;
import org.jspecify.annotations.Nullable;

/**
 * A request to give a volume to another server.
 *
 * @param snapshot give this snapshot instead of the present content; then no snapshots come along
 * @param withSnapshots the volume's snapshots come along
 * @param peer closed when the work is done, also if it isn't even begun
 */
public record VolumeSending(VolumeName volume, @Nullable String snapshot, boolean withSnapshots, TargetPeer peer) {}
