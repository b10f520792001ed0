package io.stowage.array.core;

/** A registrant and its reservation key, which isn't 0. */
public record Registration(Registrant by, long key) {}
