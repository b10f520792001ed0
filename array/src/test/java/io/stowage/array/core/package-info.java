@NullMarked
package io.stowage.array.core;

import org.jspecify.annotations.NullMarked;
