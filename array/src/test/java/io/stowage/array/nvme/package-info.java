@NullMarked
package io.stowage.array.nvme;

import org.jspecify.annotations.NullMarked;
