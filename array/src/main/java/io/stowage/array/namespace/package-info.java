/**
 * What NVMe commands do to namespaces, whatever the transport. {@link NamespaceServer} turns a command into a
 * {@link Plan}; the transport moves the data, chooses the thread and answers. {@link Viewer} is one controller with what
 * its host still has to be told (asynchronous events).
 */
@NullMarked
package io.stowage.array.namespace;

import org.jspecify.annotations.NullMarked;
