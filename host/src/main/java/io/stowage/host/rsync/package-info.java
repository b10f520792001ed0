/**
 * File trees that {@code rsync} carries from one folder to another: {@link io.stowage.host.rsync.Rsync} copies on this
 * machine, and is the sending or the receiving end of a transfer whose protocol runs over any pair of streams. It starts the
 * real program and knows nothing of volumes or of who the peer is.
 */
@NullMarked
package io.stowage.host.rsync;

import org.jspecify.annotations.NullMarked;
