/**
 * Units of remote targets as block sources, whatever protocol carries them: {@link io.stowage.host.remote.Initiator}
 * opens a session per target, and the commands of each {@link io.stowage.host.remote.RemoteUnit} outlive connections.
 * A protocol is a {@link io.stowage.host.remote.Dialer}, which reaches portals, and the {@link io.stowage.host.remote.Link}
 * it makes. Nothing is exported here, and the kernel is asked for nothing but sockets.
 *
 * <h2>What survives what</h2>
 * A command waits until it was answered, whatever happens to connections, until its unit is detached. Before commands
 * are sent again, the old link is fenced, so that nothing of it is carried out after something newer: the dialer offers
 * only portals where that is so. Writes that were acknowledged but not flushed are kept in bounded memory and repeated
 * after a loss, as the array may have died with its cache.
 *
 * <h2>Threads</h2>
 * Callers send their commands and their data themselves. A session has platform threads of its own: the readers never
 * send (two sides that both wait until the other reads would wait for ever), the keeper dials, proves identities and
 * pings, the watch only closes connections that fell silent.
 */
@NullMarked
package io.stowage.host.remote;

import org.jspecify.annotations.NullMarked;
