/** The engine's face over maps in memory: the API is tried on it without arrays, devices or a database. */
@NullMarked
package io.stowage.server.stub;

import org.jspecify.annotations.NullMarked;
