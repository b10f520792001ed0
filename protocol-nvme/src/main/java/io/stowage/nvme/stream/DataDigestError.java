package io.stowage.nvme.stream;

import java.io.IOException;

/** A data digest is wrong: the command fails, the connection goes on. TCP Transport 1.0, section 3.3.2. */
public final class DataDigestError extends IOException {
    private static final long serialVersionUID = 1L;

    DataDigestError() {
        super("data digest is wrong");
    }
}
