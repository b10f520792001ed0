/** The connector with everything real: the array's target, our initiator, FUSE and loop devices. */
@NullMarked
package io.stowage.host.userspace;

import org.jspecify.annotations.NullMarked;
