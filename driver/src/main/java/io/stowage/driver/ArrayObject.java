package io.stowage.driver;

/** A volume or a snapshot on an array; unless it says otherwise, of the pool that is asked. */
public sealed interface ArrayObject permits VolumeRef, SnapshotRef, ForeignRef {}
