package io.stowage.server.migration;

import java.util.Optional;

/** How it ended for the one who says so (migrate.proto, {@code MigrationControl}). */
record MigrationControl(boolean success, String message) {
    static final MigrationControl DONE = new MigrationControl(true, "");

    byte[] write() {
        return new ProtoWriter().flag(1, success).text(2, message).toBytes();
    }

    /**
     * Whether a message that may be a header as well says that the peer gives up: then it has a text where a header has a
     * number.
     *
     * @return its words
     */
    static Optional<String> failureIn(byte[] bytes) {
        try {
            var in = new ProtoReader(bytes);
            var success = false;
            for (int field = in.next(); field != 0; field = in.next()) {
                if (field == 1) {
                    success = in.flag();
                } else if (field == 2) {
                    return success ? Optional.empty() : Optional.of(in.text());
                }
            }
            return Optional.empty();
        } catch (MalformedMessage e) {
            return Optional.empty();
        }
    }

    /** Whether a message says that all is well. */
    static boolean isSuccess(byte[] bytes) {
        try {
            return read(bytes).success();
        } catch (MalformedMessage e) {
            return false;
        }
    }

    static MigrationControl read(byte[] bytes) throws MalformedMessage {
        var in = new ProtoReader(bytes);
        Boolean success = null;
        var message = "";
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> success = in.flag();
                case 2 -> message = in.text();
                default -> {} // newer than we are
            }
        }
        if (success == null) {
            throw new MalformedMessage("A control message doesn't say whether all is well");
        }
        return new MigrationControl(success, message);
    }
}
