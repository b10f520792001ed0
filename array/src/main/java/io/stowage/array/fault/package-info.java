/**
 * Fault switches: what testers ask the array to do wrong. The front ends ask {@link io.stowage.array.fault.Faults} at
 * each call; while no switch is set that costs one volatile read. {@link io.stowage.array.fault.ControlSocket} takes the
 * switches. They live in memory only and end with the process.
 */
@NullMarked
package io.stowage.array.fault;

import org.jspecify.annotations.NullMarked;
