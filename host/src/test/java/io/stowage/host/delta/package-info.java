/** Tests of streams of blocks. */
@NullMarked
package io.stowage.host.delta;

import org.jspecify.annotations.NullMarked;
