/**
 * The server side of the kernel's FUSE protocol, for a file system that is one regular file: a disk
 * image. No folders, no names, no cache. Begin with {@link io.stowage.host.fuse.FuseDisk}.
 */
@NullMarked
package io.stowage.host.fuse;

import org.jspecify.annotations.NullMarked;
