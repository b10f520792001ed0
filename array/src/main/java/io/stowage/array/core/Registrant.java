package io.stowage.array.core;

/**
 * Who uses units, as reservations tell one from another.
 *
 * @param initiator name of the initiator's port, compared as it is (SCSI: the iSCSI name in lower case, {@code ,i,0x} and
 *     the ISID; NVMe: the host identifier)
 * @param port relative identifier of the target port it comes through, 1 to 65535; 0 where ports don't matter (NVMe)
 */
public record Registrant(String initiator, int port) {}
