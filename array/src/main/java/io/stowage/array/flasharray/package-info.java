/**
 * The FlashArray personality: the management API of a Pure Storage FlashArray (REST 2.x) over the core model. The
 * table of what can be called stands in {@code Endpoints}; each resource (pods, volumes, hosts and so on) has a class of
 * its own. It is no front end for data. Begin with {@link io.stowage.array.flasharray.FlashArray}.
 */
@NullMarked
package io.stowage.array.flasharray;

import org.jspecify.annotations.NullMarked;
