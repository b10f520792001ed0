/** Stowage: the array SPI and its drivers. */
@NullMarked
package io.stowage.driver;

import org.jspecify.annotations.NullMarked;
