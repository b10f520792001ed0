/** Tar archives as a stream of members, trees packed and unpacked by GNU tar, and compression by programs. */
@NullMarked
package io.stowage.host.archive;

import org.jspecify.annotations.NullMarked;
