/** Texts in structures of fixed size, and the names of hosts and subsystems. */
@NullMarked
package io.stowage.nvme.text;

import org.jspecify.annotations.NullMarked;
