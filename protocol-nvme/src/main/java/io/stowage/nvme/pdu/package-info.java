/** The PDUs of NVMe over TCP: their headers and digests. NVMe TCP Transport 1.0, section 3.6. */
@NullMarked
package io.stowage.nvme.pdu;

import org.jspecify.annotations.NullMarked;
