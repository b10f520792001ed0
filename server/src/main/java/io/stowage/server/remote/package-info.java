/** How the server is reached from elsewhere. Begin with {@link io.stowage.server.remote.RemoteDoor}. */
@NullMarked
package io.stowage.server.remote;

import org.jspecify.annotations.NullMarked;
