/** The engine's rooms within: what each kind of operation does. */
@NullMarked
package io.stowage.engine.work;

import org.jspecify.annotations.NullMarked;
