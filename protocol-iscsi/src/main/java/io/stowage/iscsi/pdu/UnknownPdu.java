package io.stowage.iscsi.pdu;

import java.nio.ByteBuffer;

/**
 * A PDU whose opcode is not known on the side it came to. A target answers it with {@link Reject}.
 *
 * @param opcode 0 to 63
 * @param taskTag the initiator task tag
 * @param immediate whether it was marked for immediate delivery
 * @param counters what stands where a target PDU has its counters
 */
public record UnknownPdu(int opcode, int taskTag, boolean immediate, Counters counters)
        implements InitiatorPdu, TargetPdu {

    static UnknownPdu parse(ByteBuffer header) {
        return new UnknownPdu(
                BasicHeader.opcode(header),
                BasicHeader.taskTag(header),
                BasicHeader.immediate(header),
                Counters.parse(header));
    }

    @Override
    public void write(ByteBuffer header) {
        BasicHeader.start(header, opcode | BasicHeader.bit(immediate, BasicHeader.IMMEDIATE), BasicHeader.FINAL);
        header.putInt(BasicHeader.TASK_TAG, taskTag);
        counters.write(header);
    }
}
