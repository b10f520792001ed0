/**
 * Whom the server trusts: certificates of clients, and tokens that make others trusted. Begin with {@link
 * io.stowage.server.trust.TrustStore}.
 */
@NullMarked
package io.stowage.server.trust;

import org.jspecify.annotations.NullMarked;
