/**
 * Tasks: work of the array that clients wait for, and may cancel (section 8 of the reference). What a task brings about
 * is told by its {@link io.stowage.array.wsapi.task.Effect}; tasks themselves know nothing of volumes.
 */
@NullMarked
package io.stowage.array.wsapi.task;

import org.jspecify.annotations.NullMarked;
