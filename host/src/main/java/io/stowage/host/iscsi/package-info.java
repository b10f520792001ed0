/**
 * Our own iSCSI initiator: {@link io.stowage.host.iscsi.Initiator} opens a session per target, and each unit of it is
 * a block source whose commands outlive connections. It exports nothing and asks the kernel for nothing but sockets.
 *
 * <h2>What survives what</h2>
 * A command waits until it was answered, whatever happens to connections, until its unit is detached. Before commands
 * are sent again, the old connection is fenced ({@link io.stowage.host.iscsi.SessionFile} says how), so that nothing of
 * it is carried out after something newer. Writes that were acknowledged but not flushed are kept in bounded memory
 * and repeated after a loss, as the array may have died with its cache.
 *
 * <h2>Threads</h2>
 * Callers send their commands and their data themselves. A session has three platform threads: the reader never sends
 * (two sides that both wait until the other reads would wait for ever), the keeper logs in, proves identities and
 * pings, the watch only closes connections that fell silent.
 */
@NullMarked
package io.stowage.host.iscsi;

import org.jspecify.annotations.NullMarked;
