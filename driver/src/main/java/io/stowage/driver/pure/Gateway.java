package io.stowage.driver.pure;

import io.stowage.driver.PoolSettings;
import io.stowage.model.Flag;
import io.stowage.model.InvalidValue;
import io.stowage.web.client.Trust;
import java.net.URI;

/** Where an array's management is, how its certificate is judged, and the token it knows us by. */
record Gateway(URI address, Trust trust, String token) {

    /** @throws InvalidValue if the certificates of {@code pure.gateway.ca} can't be read */
    static Gateway of(PoolSettings settings) {
        var address = PureKeys.gateway(settings.value(PureKeys.GATEWAY).replaceAll("/+$", ""));
        return new Gateway(
                address, trust(settings), settings.text(PureKeys.TOKEN).strip());
    }

    private static Trust trust(PoolSettings settings) {
        var verify = PureKeys.SCHEMA.value(settings.config(), PureKeys.VERIFY);
        if (!Flag.isTrue(verify)) return new Trust.Anybody();
        var pem = settings.text(PureKeys.CA);
        if (pem.isEmpty()) return new Trust.SystemAuthorities();
        try {
            return Trust.pem(pem);
        } catch (IllegalArgumentException e) {
            throw new InvalidValue("The value of key \"%s\" holds no certificate that can be read: %s"
                    .formatted(PureKeys.CA, e.getMessage()));
        }
    }

    /** Without the token. */
    @Override
    public String toString() {
        return address.toString();
    }
}
