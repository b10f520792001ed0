/**
 * The connector that needs no kernel module for storage networking: our own initiators, and each unit exported as a
 * block device. {@link io.stowage.host.userspace.UserspaceConnector} puts the two together, for one protocol.
 */
@NullMarked
package io.stowage.host.userspace;

import org.jspecify.annotations.NullMarked;
