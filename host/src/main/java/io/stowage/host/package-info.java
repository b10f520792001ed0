/** Stowage: connectors, devices, file systems. */
@NullMarked
package io.stowage.host;

import org.jspecify.annotations.NullMarked;
