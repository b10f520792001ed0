/**
 * Moving the content of block volumes: only what may differ is read, only what does differ is written, holes stay holes.
 * {@link io.stowage.host.transfer.Transfer} does it between a {@link io.stowage.host.transfer.BlockReader} and a
 * {@link io.stowage.host.transfer.BlockWriter}; {@link io.stowage.host.transfer.DeviceBlocks} is both for a device of this
 * machine. It knows nothing of volumes, arrays and where maps of extents come from.
 */
@NullMarked
package io.stowage.host.transfer;

import org.jspecify.annotations.NullMarked;
