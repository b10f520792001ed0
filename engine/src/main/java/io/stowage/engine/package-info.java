/** Stowage: volume semantics. */
@NullMarked
package io.stowage.engine;

import org.jspecify.annotations.NullMarked;
