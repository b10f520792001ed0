@NullMarked
package io.stowage.array.wsapi;

import org.jspecify.annotations.NullMarked;
