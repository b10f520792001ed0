/** Stowage: the array in a box. */
@NullMarked
package io.stowage.array;

import org.jspecify.annotations.NullMarked;
