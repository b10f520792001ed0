/** Who the array is: its identity, and what the API tells about the system as a whole. */
@NullMarked
package io.stowage.array.wsapi.system;

import org.jspecify.annotations.NullMarked;
