/** What Identify answers: controllers, namespaces and lists of them. Base 2.0, section 5.17; NVM Command Set 1.0, 4.1.5. */
@NullMarked
package io.stowage.nvme.identify;

import org.jspecify.annotations.NullMarked;
