/** What the tests of this room share: disks to export, a server to kill, and the sweeping up after both. */
@NullMarked
package io.stowage.host.export;

import org.jspecify.annotations.NullMarked;
