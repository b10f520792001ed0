/**
 * The server as a program: options, the lock of its folder, signals, and the wiring of everything
 * else. It knows no API; that is {@code api}. Begin with {@link io.stowage.server.Stowaged}.
 */
@NullMarked
package io.stowage.server;

import org.jspecify.annotations.NullMarked;
