/**
 * Certificates: made once, kept as PEM in a folder, read again at the next start. It decides about
 * no trust; that is {@link io.stowage.web.client.Trust} on the client's side and the handler on the
 * server's. Begin with {@link io.stowage.web.tls.ServerCertificate}.
 */
@NullMarked
package io.stowage.web.tls;

import org.jspecify.annotations.NullMarked;
