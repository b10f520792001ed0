/** Lists of many volumes, beside a real LXD's. */
@NullMarked
package io.stowage.benchmarks.lists;

import org.jspecify.annotations.NullMarked;
