/** Ports: where hosts come in, by iSCSI and NVMe over TCP. */
@NullMarked
package io.stowage.array.wsapi.port;

import org.jspecify.annotations.NullMarked;
