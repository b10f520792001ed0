/**
 * The driver {@code alletra}: HPE Alletra, Primera and 3PAR arrays through WSAPI version 1. A pool is a volume set, a connection
 * is a VLUN, and copies are tasks of the array that are watched. {@link io.stowage.driver.alletra.AlletraArray} shows which
 * piece does what; what an array may answer is in {@link io.stowage.driver.alletra.Code}.
 */
@NullMarked
package io.stowage.driver.alletra;

import org.jspecify.annotations.NullMarked;
