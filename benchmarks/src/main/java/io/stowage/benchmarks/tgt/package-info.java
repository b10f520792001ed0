/** Our iSCSI target and Debian's {@code tgt} with the same client on the same file system in one run. */
@NullMarked
package io.stowage.benchmarks.tgt;

import org.jspecify.annotations.NullMarked;
