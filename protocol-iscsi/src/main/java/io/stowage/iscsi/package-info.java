/** Stowage: iSCSI and SCSI codecs. */
@NullMarked
package io.stowage.iscsi;

import org.jspecify.annotations.NullMarked;
