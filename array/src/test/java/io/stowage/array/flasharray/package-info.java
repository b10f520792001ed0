@NullMarked
package io.stowage.array.flasharray;

import org.jspecify.annotations.NullMarked;
