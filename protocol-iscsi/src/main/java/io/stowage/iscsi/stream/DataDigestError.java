package io.stowage.iscsi.stream;

import java.io.IOException;

/** A data segment was damaged on its way. It is consumed, so that the next PDU can be read. */
public final class DataDigestError extends IOException {
    private static final long serialVersionUID = 1L;

    DataDigestError() {
        super("data digest is wrong");
    }
}
