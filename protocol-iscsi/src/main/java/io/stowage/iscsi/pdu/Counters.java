package io.stowage.iscsi.pdu;

import java.nio.ByteBuffer;

/**
 * The sequence numbers of a target PDU. RFC 7143, section 4.2.2.
 *
 * @param statSn number of this response, or the next one for PDUs that carry no status
 * @param expCmdSn next command number the target expects; all before it were received
 * @param maxCmdSn last command number the target accepts
 */
public record Counters(int statSn, int expCmdSn, int maxCmdSn) {

    static Counters parse(ByteBuffer header) {
        return new Counters(
                header.getInt(BasicHeader.STAT_SN),
                header.getInt(BasicHeader.EXP_CMD_SN),
                header.getInt(BasicHeader.MAX_CMD_SN));
    }

    void write(ByteBuffer header) {
        header.putInt(BasicHeader.STAT_SN, statSn)
                .putInt(BasicHeader.EXP_CMD_SN, expCmdSn)
                .putInt(BasicHeader.MAX_CMD_SN, maxCmdSn);
    }
}
