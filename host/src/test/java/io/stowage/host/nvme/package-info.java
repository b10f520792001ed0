/** The NVMe host against the array's own target, and against controllers that misbehave. */
@NullMarked
package io.stowage.host.nvme;

import org.jspecify.annotations.NullMarked;
