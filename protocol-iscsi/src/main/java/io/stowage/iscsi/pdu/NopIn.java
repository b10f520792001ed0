package io.stowage.iscsi.pdu;

import java.nio.ByteBuffer;

/**
 * The answer to a NOP-Out, or a ping of the target. RFC 7143, section 11.19. A ping must not carry data: Linux drops
 * the session over it.
 *
 * @param taskTag the tag of the NOP-Out, or {@link Pdu#RESERVED_TAG} in a ping of the target
 * @param transferTag {@link Pdu#RESERVED_TAG} when no answer is wanted
 */
public record NopIn(long lun, int taskTag, int transferTag, Counters counters) implements TargetPdu {

    static NopIn parse(ByteBuffer header) {
        return new NopIn(
                header.getLong(BasicHeader.LUN),
                header.getInt(BasicHeader.TASK_TAG),
                header.getInt(BasicHeader.TRANSFER_TAG),
                Counters.parse(header));
    }

    @Override
    public void write(ByteBuffer header) {
        BasicHeader.start(header, Opcode.NOP_IN, BasicHeader.FINAL);
        header.putLong(BasicHeader.LUN, lun)
                .putInt(BasicHeader.TASK_TAG, taskTag)
                .putInt(BasicHeader.TRANSFER_TAG, transferTag);
        counters.write(header);
    }
}
