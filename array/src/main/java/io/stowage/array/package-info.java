/**
 * The array in a box: one program that is a storage array, with management API, data front ends and a thin store of its
 * own. This package holds its command line and puts the parts together. Begin with
 * {@link io.stowage.array.StowageArray}, or {@link io.stowage.array.ArrayInABox} to run one inside another program.
 */
@NullMarked
package io.stowage.array;

import org.jspecify.annotations.NullMarked;
