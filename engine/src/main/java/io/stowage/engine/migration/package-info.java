/**
 * What the engine and another server say to each other when a volume goes from one to the other. Here is what is said;
 * how it is put into messages is the server's business, and how it is done is {@code engine.work}'s. Begin with
 * {@link io.stowage.engine.migration.Offer}.
 */
@NullMarked
package io.stowage.engine.migration;

import org.jspecify.annotations.NullMarked;
