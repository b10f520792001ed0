/** What operations cost in requests to the array, beside what LXD's drivers need for the same. */
@NullMarked
package io.stowage.tests.calls;

import org.jspecify.annotations.NullMarked;
