/** What is in a backup file: its index, as LXD writes and reads it. */
@NullMarked
package io.stowage.engine.archive;

import org.jspecify.annotations.NullMarked;
