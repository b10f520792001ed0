/**
 * What drivers of arrays with a REST API have in common: calls and when they may be repeated, the wire they travel on, the
 * session they travel in, the keys that lead to an array, and names of host objects. Nothing here knows a vendor: its words
 * come in as a {@link io.stowage.driver.rest.Dialect} and a {@link io.stowage.driver.rest.Session.Door}.
 */
@NullMarked
package io.stowage.driver.rest;

import org.jspecify.annotations.NullMarked;
