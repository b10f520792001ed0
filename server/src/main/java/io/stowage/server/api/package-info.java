/**
 * LXD's REST API over the engine: a class for each resource, which reads requests, calls the engine
 * and answers in LXD's envelope. No rule about volumes is decided here. Begin with {@link
 * io.stowage.server.api.Api}, which lists all routes.
 */
@NullMarked
package io.stowage.server.api;

import org.jspecify.annotations.NullMarked;
