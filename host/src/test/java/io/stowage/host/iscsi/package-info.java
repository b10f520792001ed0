/** The initiator against a target that can be told to misbehave, and against the array's own. */
@NullMarked
package io.stowage.host.iscsi;

import org.jspecify.annotations.NullMarked;
