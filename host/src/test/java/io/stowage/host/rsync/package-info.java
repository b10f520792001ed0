@NullMarked
package io.stowage.host.rsync;

import org.jspecify.annotations.NullMarked;
