/** Stowage: the words: sizes, types, config keys, names. */
@NullMarked
package io.stowage.model;

import org.jspecify.annotations.NullMarked;
