/**
 * Making volumes of an array block devices of this machine, whatever does it: the kernel's initiator or ours. Begin
 * with {@link io.stowage.host.connector.Connector}. It knows targets, units and devices, nothing of pools or volumes.
 */
@NullMarked
package io.stowage.host.connector;

import org.jspecify.annotations.NullMarked;
