/** Reads and writes PDUs on a channel, for controllers and for hosts; nothing is allocated for each PDU. */
@NullMarked
package io.stowage.nvme.stream;

import org.jspecify.annotations.NullMarked;
