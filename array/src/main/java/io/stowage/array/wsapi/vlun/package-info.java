/** VLUNs: which volume is exported to which host, and at which LUN. */
@NullMarked
package io.stowage.array.wsapi.vlun;

import org.jspecify.annotations.NullMarked;
