/** The engine's rooms within: written-down work that is finished or undone. */
@NullMarked
package io.stowage.engine.journal;

import org.jspecify.annotations.NullMarked;
