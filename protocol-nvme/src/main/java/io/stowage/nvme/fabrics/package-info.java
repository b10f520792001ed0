/** Fabrics commands: connecting, and the properties of a controller. Base 2.0, sections 3.1.3 and 6. */
@NullMarked
package io.stowage.nvme.fabrics;

import org.jspecify.annotations.NullMarked;
