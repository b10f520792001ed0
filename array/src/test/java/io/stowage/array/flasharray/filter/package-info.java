@NullMarked
package io.stowage.array.flasharray.filter;

import org.jspecify.annotations.NullMarked;
