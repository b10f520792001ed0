/** The programs as a user starts them, in a folder of their own, and everything taken away again at the end. */
@NullMarked
package io.stowage.tests.arena;

import org.jspecify.annotations.NullMarked;
