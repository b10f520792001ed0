/** Tests of the messages and streams between servers. */
@NullMarked
package io.stowage.server.migration;

import org.jspecify.annotations.NullMarked;
