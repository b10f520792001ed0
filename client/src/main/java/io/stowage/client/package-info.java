/**
 * The client side of the API: HTTP over the unix socket of a server or TLS to one elsewhere, JSON, operations followed to their end.
 *
 * <p>It is made to start quickly, because the {@code stowage} command pays for every class that is loaded: JSON and
 * HTTP are read here by a few small classes, without a library.
 */
@NullMarked
package io.stowage.client;

import org.jspecify.annotations.NullMarked;
