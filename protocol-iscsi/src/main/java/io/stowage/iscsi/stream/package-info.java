/**
 * PDUs on a blocking byte channel, with digests and limits: {@link PduReader} and {@link PduWriter}, the same for a
 * target and an initiator. They open, close and time nothing.
 */
@NullMarked
package io.stowage.iscsi.stream;

import org.jspecify.annotations.NullMarked;
