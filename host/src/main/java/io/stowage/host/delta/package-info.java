/**
 * The content of a volume as a stream from one machine to another, in which only what may differ goes: blocks with data, or
 * changed ones, or, where nobody knows, those whose checksums differ. {@link io.stowage.host.delta.DeltaSender} and
 * {@link io.stowage.host.delta.DeltaReceiver} are the two ends; {@link io.stowage.host.delta.Delta} has the format.
 */
@NullMarked
package io.stowage.host.delta;

import org.jspecify.annotations.NullMarked;
