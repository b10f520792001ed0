/** The NVMe over TCP front end of the array. */
@NullMarked
package io.stowage.array.nvme;

import org.jspecify.annotations.NullMarked;
