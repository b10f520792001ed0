/**
 * Showing something that can be read and written by offset as a block device of this machine. An
 * {@link io.stowage.host.export.Exporter} takes a {@link io.stowage.host.export.BlockSource} and
 * answers with a device node. It knows nothing of where the blocks come from.
 */
@NullMarked
package io.stowage.host.export;

import org.jspecify.annotations.NullMarked;
