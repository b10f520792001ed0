package io.stowage.iscsi.pdu;

import java.nio.ByteBuffer;

/** An iSCSI protocol data unit without its data segment. RFC 7143, section 11.2. All fields are big-endian. */
public sealed interface Pdu permits InitiatorPdu, TargetPdu {

    /** Bytes of the basic header segment. */
    int HEADER_LENGTH = BasicHeader.LENGTH;

    /** The task tag that no task has. RFC 7143, section 11.2.1.8. */
    int RESERVED_TAG = 0xFFFF_FFFF;

    /**
     * Writes all 48 bytes at the absolute positions 0 to 47 of the buffer, whatever they held before. The lengths of
     * additional headers and data are written as 0; see {@link BasicHeader#putDataLength}.
     */
    void write(ByteBuffer header);
}
