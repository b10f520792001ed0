@NullMarked
package io.stowage.array;

import org.jspecify.annotations.NullMarked;
