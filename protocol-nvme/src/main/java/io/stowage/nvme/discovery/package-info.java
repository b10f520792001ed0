/** The discovery log: which subsystems there are, and where. Base 2.0, section 5.16.1.23. */
@NullMarked
package io.stowage.nvme.discovery;

import org.jspecify.annotations.NullMarked;
