/** What data front ends share below their protocols: portals, sockets, buffers, and threads for what is slow. */
@NullMarked
package io.stowage.array.net;

import org.jspecify.annotations.NullMarked;
