package io.stowage.engine;

import java.util.Optional;

/**
 * Who asks for something. The server says so once for a request; whatever is written down meanwhile on the same thread
 * bears the name.
 *
 * @param username a user of this machine, or the fingerprint of a certificate
 * @param protocol {@code unix} or {@code tls}
 * @param address {@code @} for a unix socket, otherwise address and port
 */
public record Requestor(String username, String protocol, String address) {
    private static final ScopedValue<Requestor> CURRENT = ScopedValue.newInstance();

    /** Who asks at this moment; nobody when the server acts by itself. */
    public static Optional<Requestor> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    /** Does something in this requestor's name. */
    public <T, X extends Throwable> T ask(ScopedValue.CallableOp<? extends T, X> request) throws X {
        return ScopedValue.where(CURRENT, this).<T, X>call(request);
    }
}
