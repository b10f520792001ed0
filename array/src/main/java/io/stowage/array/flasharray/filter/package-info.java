/**
 * The filter expressions of FlashArray REST 2.x: {@link io.stowage.array.flasharray.filter.Filter#parse} reads one, and
 * its {@code matches} applies it to an item as it would be sent. Nothing here knows what items mean.
 */
@NullMarked
package io.stowage.array.flasharray.filter;

import org.jspecify.annotations.NullMarked;
