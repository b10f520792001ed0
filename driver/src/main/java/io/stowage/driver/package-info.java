/**
 * The array SPI: the primitives that all arrays give, in one vocabulary, and what can go wrong with them. A family of arrays is
 * one package below that implements {@link io.stowage.driver.ArrayDriver} and {@link io.stowage.driver.StorageArray} and holds
 * all that is particular to it: names, sizes, words of refusal, quirks. What volumes mean is the engine's, which is written
 * once, above. A new driver begins with a subclass of the contract test.
 */
@NullMarked
package io.stowage.driver;

import org.jspecify.annotations.NullMarked;
