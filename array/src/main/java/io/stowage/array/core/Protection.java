package io.stowage.array.core;

import java.time.Duration;
import java.util.Optional;

/**
 * What the administrator has chosen for a protection group.
 *
 * @param snapshots when snapshots are taken here
 * @param retention how long these are kept
 * @param replication when they would be sent to other arrays
 * @param blackout when nothing would be sent
 * @param remoteRetention how long other arrays would keep them
 * @param isLocked whether protection may only become stronger
 * @param isDefault whether new volumes of the group's container join it
 */
public record Protection(
        Schedule snapshots,
        Retention retention,
        Schedule replication,
        Optional<Window> blackout,
        Retention remoteRetention,
        boolean isLocked,
        boolean isDefault) {
    /** A part of each day, counted from midnight. */
    public record Window(Duration start, Duration end) {}

    public Protection withSnapshots(Schedule other) {
        return new Protection(other, retention, replication, blackout, remoteRetention, isLocked, isDefault);
    }

    public Protection withRetention(Retention other) {
        return new Protection(snapshots, other, replication, blackout, remoteRetention, isLocked, isDefault);
    }

    public Protection withReplication(Schedule other, Optional<Window> window) {
        return new Protection(snapshots, retention, other, window, remoteRetention, isLocked, isDefault);
    }

    public Protection withRemoteRetention(Retention other) {
        return new Protection(snapshots, retention, replication, blackout, other, isLocked, isDefault);
    }

    public Protection withLock(boolean locked) {
        return new Protection(snapshots, retention, replication, blackout, remoteRetention, locked, isDefault);
    }

    public Protection withDefault(boolean other) {
        return new Protection(snapshots, retention, replication, blackout, remoteRetention, isLocked, other);
    }
}
