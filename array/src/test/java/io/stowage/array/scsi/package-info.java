@NullMarked
package io.stowage.array.scsi;

import org.jspecify.annotations.NullMarked;
