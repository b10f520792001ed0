package io.stowage.iscsi.pdu;

import java.nio.ByteBuffer;

/**
 * A SCSI command. RFC 7143, section 11.3. The data segment holds immediate data.
 *
 * @param isFinal no unsolicited Data-Out PDUs follow
 * @param read the command is expected to send data to the initiator
 * @param write the command is expected to receive data from the initiator
 * @param attribute 0 untagged, 1 simple, 2 ordered, 3 head of queue, 4 ACA
 * @param lun the 8 bytes of the logical unit number
 * @param expectedLength EDTL, unsigned: bytes the initiator is ready to send or receive
 * @param cdb the 16 bytes of the command descriptor block, position 0
 */
public record ScsiCommand(
        boolean immediate,
        boolean isFinal,
        boolean read,
        boolean write,
        int attribute,
        long lun,
        int taskTag,
        int expectedLength,
        int cmdSn,
        int expStatSn,
        ByteBuffer cdb)
        implements InitiatorPdu {

    /** Bytes of the command descriptor block in the basic header. */
    public static final int CDB_LENGTH = 16;

    /** Task attribute of an ordinary command. */
    public static final int SIMPLE = 1;

    private static final int READ = 0x40;
    private static final int WRITE = 0x20;
    private static final int ATTRIBUTE_MASK = 0x07;
    private static final int EXPECTED_LENGTH = 20;
    private static final int CDB = 32;

    public ScsiCommand {
        if (cdb.remaining() != CDB_LENGTH) {
            throw new IllegalArgumentException("CDB of " + cdb.remaining() + " bytes: must be " + CDB_LENGTH);
        }
    }

    static ScsiCommand parse(ByteBuffer header) {
        int flags = BasicHeader.flags(header);
        ByteBuffer cdb = ByteBuffer.allocate(CDB_LENGTH)
                .putLong(0, header.getLong(CDB))
                .putLong(Long.BYTES, header.getLong(CDB + Long.BYTES));
        return new ScsiCommand(
                BasicHeader.immediate(header),
                (flags & BasicHeader.FINAL) != 0,
                (flags & READ) != 0,
                (flags & WRITE) != 0,
                flags & ATTRIBUTE_MASK,
                header.getLong(BasicHeader.LUN),
                header.getInt(BasicHeader.TASK_TAG),
                header.getInt(EXPECTED_LENGTH),
                header.getInt(BasicHeader.CMD_SN),
                header.getInt(BasicHeader.EXP_STAT_SN),
                cdb);
    }

    @Override
    public void write(ByteBuffer header) {
        BasicHeader.start(
                header,
                Opcode.SCSI_COMMAND | BasicHeader.bit(immediate, BasicHeader.IMMEDIATE),
                BasicHeader.bit(isFinal, BasicHeader.FINAL)
                        | BasicHeader.bit(read, READ)
                        | BasicHeader.bit(write, WRITE)
                        | attribute & ATTRIBUTE_MASK);
        header.putLong(BasicHeader.LUN, lun)
                .putInt(BasicHeader.TASK_TAG, taskTag)
                .putInt(EXPECTED_LENGTH, expectedLength)
                .putInt(BasicHeader.CMD_SN, cmdSn)
                .putInt(BasicHeader.EXP_STAT_SN, expStatSn)
                .putLong(CDB, cdb.getLong(cdb.position()))
                .putLong(CDB + Long.BYTES, cdb.getLong(cdb.position() + Long.BYTES));
    }

    /** The expected data transfer length in bytes, 0 to 2^32-1. */
    public long expectedBytes() {
        return Integer.toUnsignedLong(expectedLength);
    }
}
