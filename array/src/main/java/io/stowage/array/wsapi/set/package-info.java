/** Volume sets, and the rules of quality of service on them: section 10 of the reference. */
@NullMarked
package io.stowage.array.wsapi.set;

import org.jspecify.annotations.NullMarked;
