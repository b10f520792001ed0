package io.stowage.driver.rest;

import io.stowage.web.client.Trust;
import java.net.URI;

/**
 * Where an array's management is, and how its certificate is judged.
 *
 * @param certificates the key that an array's own certificate is given in, for errors
 */
public record Gateway(URI address, Trust trust, String certificates) {
    @Override
    public String toString() {
        return address.toString();
    }
}
