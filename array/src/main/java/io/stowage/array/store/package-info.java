/** The thin store: volumes of any size that cost what was written to them, in two files. */
@NullMarked
package io.stowage.array.store;

import org.jspecify.annotations.NullMarked;
