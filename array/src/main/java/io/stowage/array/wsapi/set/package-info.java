/** Sets of hosts and of volumes, and the rules of quality of service on these: sections 9 and 10 of the reference. */
@NullMarked
package io.stowage.array.wsapi.set;

import org.jspecify.annotations.NullMarked;
