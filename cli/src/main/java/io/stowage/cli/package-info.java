/**
 * The {@code stowage} command.
 *
 * <p>{@link io.stowage.cli.Stowage} finds the command in the arguments and builds only that one, because each class
 * that is loaded costs start time; a group ({@code pool}, {@code volume}, …) is one file.
 */
@NullMarked
package io.stowage.cli;

import org.jspecify.annotations.NullMarked;
