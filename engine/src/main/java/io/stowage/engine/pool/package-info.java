/** The engine's rooms within: pools, their arrays and their secrets. */
@NullMarked
package io.stowage.engine.pool;

import org.jspecify.annotations.NullMarked;
