package io.stowage.iscsi.pdu;

import java.nio.ByteBuffer;

/**
 * The target's keys and values in the full feature phase. RFC 7143, section 11.11.
 *
 * @param transferTag {@link Pdu#RESERVED_TAG} when the exchange is over
 */
public record TextResponse(
        boolean isFinal, boolean continued, long lun, int taskTag, int transferTag, Counters counters)
        implements TargetPdu {

    static TextResponse parse(ByteBuffer header) {
        int flags = BasicHeader.flags(header);
        return new TextResponse(
                (flags & BasicHeader.FINAL) != 0,
                (flags & TextRequest.CONTINUE) != 0,
                header.getLong(BasicHeader.LUN),
                header.getInt(BasicHeader.TASK_TAG),
                header.getInt(BasicHeader.TRANSFER_TAG),
                Counters.parse(header));
    }

    @Override
    public void write(ByteBuffer header) {
        BasicHeader.start(
                header,
                Opcode.TEXT_RESPONSE,
                BasicHeader.bit(isFinal, BasicHeader.FINAL) | BasicHeader.bit(continued, TextRequest.CONTINUE));
        header.putLong(BasicHeader.LUN, lun)
                .putInt(BasicHeader.TASK_TAG, taskTag)
                .putInt(BasicHeader.TRANSFER_TAG, transferTag);
        counters.write(header);
    }
}
