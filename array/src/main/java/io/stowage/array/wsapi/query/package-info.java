/** The query language of collections (section 11 of the reference): {@code ?query="copyOf==v OR name EQ w"}. */
@NullMarked
package io.stowage.array.wsapi.query;

import org.jspecify.annotations.NullMarked;
