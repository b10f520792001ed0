/** Measurements, side by side in one run: absolute figures of a shared machine say nothing, their ratios do. */
@NullMarked
package io.stowage.benchmarks;

import org.jspecify.annotations.NullMarked;
