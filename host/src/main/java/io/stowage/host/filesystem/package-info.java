/**
 * File systems on block devices: making, recognizing, mounting, growing, shrinking, freezing. It
 * works through the tools of the machine in processes of their own, for a reason that matters: a
 * thread of the process that serves a device must never wait for that device, or a kill of the
 * process would wait for itself. Begin with {@link io.stowage.host.filesystem.FileSystems}.
 */
@NullMarked
package io.stowage.host.filesystem;

import org.jspecify.annotations.NullMarked;
