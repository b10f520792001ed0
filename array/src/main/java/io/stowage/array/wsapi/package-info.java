/**
 * The personality of an HPE Alletra: its identity, and its management API, the Web Services API (WSAPI). How the API is
 * spoken is in {@code rest} and {@code query}; each resource has a folder, whose rows {@link Endpoints} puts together.
 *
 * <p>Objects: a CPG is a container of the estate, but volumes are not in it by place, since their names are unique on the
 * array: a volume has its user CPG's id as an attribute ({@code cpg.Cpgs}). Snapshots are volumes with a parent. A host
 * is a host, a host set a host group, a VLUN template a connection.
 */
@NullMarked
package io.stowage.array.wsapi;

import org.jspecify.annotations.NullMarked;
