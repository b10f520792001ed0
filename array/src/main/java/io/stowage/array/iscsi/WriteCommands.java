package io.stowage.array.iscsi;

import io.stowage.iscsi.pdu.ScsiCommand;

/** Which commands count as writes: those whose data ends up on the unit byte for byte. SBC-4, table 33. */
final class WriteCommands {
    private WriteCommands() {}

    /** Bytes that the command has written when it ends well and this many came with it; -1 if it isn't a write. */
    static long written(ScsiCommand command, int dataLength) {
        return switch (command.cdb().get(0) & 0xFF) {
            case 0x0A, 0x2A, 0xAA, 0x8A -> dataLength; // WRITE (6), (10), (12), (16)
            case 0x2E, 0xAE, 0x8E -> dataLength; // WRITE AND VERIFY (10), (12), (16)
            case 0x8B, 0x9C -> dataLength; // ORWRITE (16), WRITE ATOMIC (16)
            case 0x89 -> dataLength / 2; // COMPARE AND WRITE: the first half is compared
            default -> -1;
        };
    }
}
