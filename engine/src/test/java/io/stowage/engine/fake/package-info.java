/** An array, a host and its file systems in memory, whose every call can fail or be the last before a kill. */
@NullMarked
package io.stowage.engine.fake;

import org.jspecify.annotations.NullMarked;
