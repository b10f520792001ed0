/**
 * NVMe over TCP: the formats of PDUs, commands, structures and authentication, without I/O. Targets and hosts alike are
 * built on it, and it knows nothing of either. Fields are little endian. Sources are named as in the specifications of NVM
 * Express: Base (2.0), NVM Command Set (1.0) and TCP Transport (1.0).
 */
@NullMarked
package io.stowage.nvme;

import org.jspecify.annotations.NullMarked;
