/**
 * Listeners: one plain, blocking handler behind HTTPS and unix sockets, with WebSocket beside it.
 * It is no framework: there is no routing and no injection here. Begin with {@link
 * io.stowage.web.WebServer} and {@link io.stowage.web.Handler}.
 */
@NullMarked
package io.stowage.web;

import org.jspecify.annotations.NullMarked;
