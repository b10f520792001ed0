package io.stowage.nvme.stream;

import io.stowage.nvme.pdu.FatalError;
import io.stowage.nvme.pdu.TerminationRequest;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The peer sent what ends the connection. TCP Transport 1.0, section 3.5. */
public final class ProtocolViolation extends IOException {
    private static final long serialVersionUID = 1L;

    private final FatalError error;
    private final int information;
    private final byte[] header;

    /**
     * @param information what figure 24 wants for this error, an offset for example; otherwise 0
     * @param header the offending header, from the buffer's beginning to its limit; copied
     */
    public ProtocolViolation(FatalError error, int information, ByteBuffer header, String message) {
        super(message);
        this.error = error;
        this.information = information;
        this.header = new byte[header.limit()];
        header.get(0, this.header);
    }

    public FatalError error() {
        return error;
    }

    /** The PDU that tells the peer. */
    public TerminationRequest termination() {
        return new TerminationRequest(error.code(), information, ByteBuffer.wrap(header));
    }
}
