@NullMarked
package io.stowage.host.loop;

import org.jspecify.annotations.NullMarked;
