/**
 * LXD's protocol between two servers of which one gives a volume to the other: two WebSockets, messages in protobuf on one,
 * content on the other (lxd-api.md, section 15). It tells the engine what the peer says, and the peer what the engine does;
 * what a volume is and how its content is read and written is the engine's business. Begin with
 * {@link io.stowage.server.migration.Peers}.
 */
@NullMarked
package io.stowage.server.migration;

import org.jspecify.annotations.NullMarked;
