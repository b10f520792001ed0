/**
 * A small process of its own that keeps the /dev/fuse descriptors of one server open, so that the
 * devices outlive the server: I/O waits until a successor fetches the descriptors, and fails when
 * nobody comes in time. What must not outlive the server it ends instead, as a server that waits for
 * its own device can't die. The holder never reads a request and knows nothing of blocks. Begin with
 * {@link io.stowage.host.holder.HolderLink}, the server's side.
 */
@NullMarked
package io.stowage.host.holder;

import org.jspecify.annotations.NullMarked;
