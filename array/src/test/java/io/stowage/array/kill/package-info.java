/** The array as a process of its own, killed with -9 at random moments while it is used from all sides. */
@NullMarked
package io.stowage.array.kill;

import org.jspecify.annotations.NullMarked;
