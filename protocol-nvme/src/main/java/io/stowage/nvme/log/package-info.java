/** Log pages, as controllers write and hosts read them. Base 2.0, section 5.16. */
@NullMarked
package io.stowage.nvme.log;

import org.jspecify.annotations.NullMarked;
