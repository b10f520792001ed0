/** Stowage: measurements. */
@NullMarked
package io.stowage.benchmarks;

import org.jspecify.annotations.NullMarked;
