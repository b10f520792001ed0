package io.stowage.driver;

/** A volume or a snapshot of a pool on an array. */
public sealed interface ArrayObject permits VolumeRef, SnapshotRef {}
