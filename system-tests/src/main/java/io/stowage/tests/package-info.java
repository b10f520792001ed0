/** Stowage: end-to-end scenarios and the tour. */
@NullMarked
package io.stowage.tests;

import org.jspecify.annotations.NullMarked;
