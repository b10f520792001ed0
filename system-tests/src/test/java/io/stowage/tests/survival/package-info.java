/** What is left of operations when servers are killed under them, and when many clients get into each other's way. */
@NullMarked
package io.stowage.tests.survival;

import org.jspecify.annotations.NullMarked;
