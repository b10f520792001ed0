/**
 * SCSI as bytes: commands ({@link Cdb}), {@link Sense} data, VPD pages and parameter data, read and written by both
 * sides. SPC-4 and SBC-3; all fields are big-endian. What a command does is the business of a device server.
 */
@NullMarked
package io.stowage.iscsi.scsi;

import org.jspecify.annotations.NullMarked;
