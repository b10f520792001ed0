/** Stowage: libc through FFM, process execution. */
@NullMarked
package io.stowage.system;

import org.jspecify.annotations.NullMarked;
