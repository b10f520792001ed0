/** Hosts with their paths, and sets of hosts. */
@NullMarked
package io.stowage.array.wsapi.host;

import org.jspecify.annotations.NullMarked;
