@NullMarked
package io.stowage.array.management;

import org.jspecify.annotations.NullMarked;
