@NullMarked
package io.stowage.array.fault;

import org.jspecify.annotations.NullMarked;
