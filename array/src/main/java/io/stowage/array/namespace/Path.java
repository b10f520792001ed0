package io.stowage.array.namespace;

import java.util.Locale;

/** The way by which a controller's host reaches the namespaces: its portal. Answers from memory, to any thread. */
public interface Path {
    /** Relative number of the portal, 1 to 65535. */
    int port();

    /** How namespaces can be reached through it. Base 2.0, figure 213. */
    Access access();

    /** How often {@link #access} has changed since the array's start. */
    long changes();

    /** States of asymmetric namespace access. */
    enum Access {
        OPTIMIZED(1),
        NON_OPTIMIZED(2),
        INACCESSIBLE(3),
        PERSISTENT_LOSS(4),
        CHANGE(15);

        private final int code;

        Access(int code) {
            this.code = code;
        }

        /** As nvme-cli prints it, such as {@code non-optimized}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** As in the log page. */
        public int code() {
            return code;
        }
    }

    /** A portal that always is optimized. */
    static Path optimized(int port) {
        return new Path() {
            @Override
            public int port() {
                return port;
            }

            @Override
            public Access access() {
                return Access.OPTIMIZED;
            }

            @Override
            public long changes() {
                return 0;
            }
        };
    }
}
