/** Stowage: the client side of the API. */
@NullMarked
package io.stowage.client;

import org.jspecify.annotations.NullMarked;
