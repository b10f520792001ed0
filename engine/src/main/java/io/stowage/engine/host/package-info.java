/** The engine's rooms within: volumes on this member: devices, mounts, file systems. */
@NullMarked
package io.stowage.engine.host;

import org.jspecify.annotations.NullMarked;
