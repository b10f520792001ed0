/**
 * iSCSI and SCSI codecs, shared by the target of the array in a box and the user-space initiator.
 *
 * <p>Begin with {@code pdu} for the frames of RFC 7143, {@code login} for what both sides negotiate, {@code stream}
 * for reading and writing frames on a byte channel, and {@code scsi} for commands, sense data and VPD pages. Nothing
 * here knows a socket, a volume or a clock.
 */
@NullMarked
package io.stowage.iscsi;

import org.jspecify.annotations.NullMarked;
