/**
 * The iSCSI front end of the array. Begin with {@link IscsiTarget}. A {@link Connection} has one platform thread that
 * reads, carries out what the page cache can answer, and writes all answers together when nothing is left to read; what
 * needs the disk goes to the {@link io.stowage.array.net.SlowLane}, so that pings are always answered.
 *
 * <p>Error recovery level 0, one connection per session. Each portal has its own portal group tag, equal to its relative
 * port identifier.
 */
@NullMarked
package io.stowage.array.iscsi;

import org.jspecify.annotations.NullMarked;
