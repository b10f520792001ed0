@NullMarked
package io.stowage.engine;

import org.jspecify.annotations.NullMarked;
