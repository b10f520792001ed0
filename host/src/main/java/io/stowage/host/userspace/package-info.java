/**
 * The connector that needs no kernel module for storage networking: our own initiator, and each unit exported as a
 * block device. {@link io.stowage.host.userspace.UserspaceIscsiConnector} puts the two together.
 */
@NullMarked
package io.stowage.host.userspace;

import org.jspecify.annotations.NullMarked;
