@NullMarked
package io.stowage.array.store;

import org.jspecify.annotations.NullMarked;
