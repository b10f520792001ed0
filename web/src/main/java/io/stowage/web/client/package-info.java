/**
 * The HTTP client that drivers speak to arrays with: whole answers with a limit, deadlines, and
 * trust chosen for each client. It repeats nothing and knows no vendor. Begin with {@link
 * io.stowage.web.client.WebClient}.
 */
@NullMarked
package io.stowage.web.client;

import org.jspecify.annotations.NullMarked;
