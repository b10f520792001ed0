/** Moving blocks: in memory, with counts and failures, and between files. */
@NullMarked
package io.stowage.host.transfer;

import org.jspecify.annotations.NullMarked;
