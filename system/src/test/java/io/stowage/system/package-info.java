@NullMarked
package io.stowage.system;

import org.jspecify.annotations.NullMarked;
