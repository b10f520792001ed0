package io.stowage.array.fault;

import java.util.Optional;

/**
 * A SCSI command, as switches look at it.
 *
 * @param opcode 0 to 255
 * @param serviceAction 0 to 31, whether the command has one or not
 * @param lun -1 if it can't be decoded
 * @param serial of the volume, if there is one behind the LUN
 * @param host the initiator's name
 * @param portal {@code ADDRESS:PORT} by which it came
 */
public record ScsiCall(int opcode, int serviceAction, int lun, Optional<String> serial, String host, String portal)
        implements UnitCall {}
