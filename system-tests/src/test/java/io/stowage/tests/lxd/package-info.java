/** A real LXD at the other end. */
@NullMarked
package io.stowage.tests.lxd;

import org.jspecify.annotations.NullMarked;
