package io.stowage.engine;

/** Space of a pool in bytes, as its array reports it. */
public record PoolResources(long usedBytes, long totalBytes) {}
