package io.stowage.array.fault;

import java.time.Duration;

/**
 * What is to go wrong with one call.
 *
 * @param delay before the call is looked at, and before the outcome; zero for none
 * @param outcome what becomes of the call then
 */
public record Fault<O>(Duration delay, O outcome) {}
