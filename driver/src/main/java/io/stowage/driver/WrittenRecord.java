package io.stowage.driver;

/** A recovery record and the object it was found at. */
public record WrittenRecord(ArrayObject object, RecoveryRecord recovery) {}
