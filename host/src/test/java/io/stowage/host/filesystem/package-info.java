@NullMarked
package io.stowage.host.filesystem;

import org.jspecify.annotations.NullMarked;
