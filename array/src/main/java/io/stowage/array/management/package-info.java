/** What the management APIs of all personalities have in common: how testers change them, and what goes wrong there. */
@NullMarked
package io.stowage.array.management;

import org.jspecify.annotations.NullMarked;
