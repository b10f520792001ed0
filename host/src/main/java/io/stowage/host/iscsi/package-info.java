/**
 * Our own iSCSI initiator: what {@link io.stowage.host.remote} needs of the protocol. Begin with {@link
 * io.stowage.host.iscsi.IscsiInitiator}. A session is always logged in with the same ISID, which fences what an older
 * connection may still hold: {@link io.stowage.host.iscsi.SessionFile} says how.
 */
@NullMarked
package io.stowage.host.iscsi;

import org.jspecify.annotations.NullMarked;
