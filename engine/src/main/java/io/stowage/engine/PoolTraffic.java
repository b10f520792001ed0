package io.stowage.engine;

/**
 * What went to the management of a pool's array, and what came back.
 *
 * @param requests how many were sent, logins and repetitions included
 * @param failures how many of them got no answer
 * @param sentBytes in the bodies of requests
 * @param receivedBytes in the bodies of answers
 */
public record PoolTraffic(long requests, long failures, long sentBytes, long receivedBytes) {}
