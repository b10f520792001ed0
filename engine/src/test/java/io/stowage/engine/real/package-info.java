/** The engine with the drivers of real arrays against our own array, without a host. */
@NullMarked
package io.stowage.engine.real;

import org.jspecify.annotations.NullMarked;
