/**
 * The NVMe over TCP front end of the array. Begin with {@link NvmeTarget}. A {@link Connection} is a queue and has one
 * platform thread that reads, carries out what the page cache can answer, and writes all answers together when nothing is
 * left to read; what needs the disk goes to the {@link io.stowage.array.net.SlowLane}, so that Keep Alive is always
 * answered.
 *
 * <p>What commands mean is in {@link io.stowage.array.namespace}; here are Fabrics commands, the life of controllers, the
 * movement of data, and discovery.
 */
@NullMarked
package io.stowage.array.nvme;

import org.jspecify.annotations.NullMarked;
