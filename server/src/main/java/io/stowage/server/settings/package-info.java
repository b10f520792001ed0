/** What the server itself is configured with. Begin with {@link io.stowage.server.settings.ServerSettings}. */
@NullMarked
package io.stowage.server.settings;

import org.jspecify.annotations.NullMarked;
