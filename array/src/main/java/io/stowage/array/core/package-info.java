/**
 * The core model of an array: containers, volumes, snapshots, hosts, connections, tags and ports, without any vendor's
 * word, on top of the thin store and below both management personalities and all data front ends. It knows neither
 * HTTP nor a storage protocol. Begin with {@link io.stowage.array.core.LogicalUnits} for what front ends see.
 */
@NullMarked
package io.stowage.array.core;

import org.jspecify.annotations.NullMarked;
