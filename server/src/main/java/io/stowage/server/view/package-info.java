/**
 * What the API shows of the engine's objects: records whose components, in snake case, are the JSON
 * fields in LXD's order, and the URLs of these objects. Begin with {@link
 * io.stowage.server.view.VolumeView}.
 */
@NullMarked
package io.stowage.server.view;

import org.jspecify.annotations.NullMarked;
