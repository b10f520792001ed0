/**
 * What Linux offers and the JDK does not: libc through the foreign function API, processes with a
 * deadline, sparse files, capabilities, signals. It knows nothing of storage. Begin with {@link
 * io.stowage.system.Command} and {@link io.stowage.system.Libc}.
 */
@NullMarked
package io.stowage.system;

import org.jspecify.annotations.NullMarked;
