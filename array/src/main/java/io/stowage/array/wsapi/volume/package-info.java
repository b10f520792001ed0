/**
 * Volumes, the snapshots and copies of them, and notes on them: sections 6 and 7 of the reference. A snapshot (virtual
 * copy) is a volume with a parent. Begin with {@link io.stowage.array.wsapi.volume.VolumeEndpoints}.
 */
@NullMarked
package io.stowage.array.wsapi.volume;

import org.jspecify.annotations.NullMarked;
