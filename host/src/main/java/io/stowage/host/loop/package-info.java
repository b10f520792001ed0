/**
 * Block sources as loop devices, {@code /dev/loopN}, over a disk image that we serve through FUSE.
 * It ties together {@code fuse}, {@code holder} and losetup(8). Begin with {@link
 * io.stowage.host.loop.LoopExporter}.
 *
 * <p>Two rules keep the machine well when a server dies. The image's path stops being a mount as soon
 * as the loop device has it open, so that nobody who looks at the path of a loop device's file meets a
 * dead file system. And a thread of the serving process that waits for its own device can't even be
 * killed: so what may wait for a device that is kept runs in a process of its own, and devices that
 * are not kept, for work of the server itself, end with it ({@link io.stowage.host.holder}).
 */
@NullMarked
package io.stowage.host.loop;

import org.jspecify.annotations.NullMarked;
