package io.stowage.driver;

import io.stowage.model.ByteSize;

/** What a pool has room for and what of it is taken: the quota, or without one the capacity of its arrays. */
public record PoolSpace(ByteSize total, ByteSize used) {}
