/** Stowage: the stowage command. */
@NullMarked
package io.stowage.cli;

import org.jspecify.annotations.NullMarked;
