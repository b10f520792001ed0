/** Commands and their ends: queue entries, status codes and, one type for each, what commands ask for. */
@NullMarked
package io.stowage.nvme.command;

import org.jspecify.annotations.NullMarked;
