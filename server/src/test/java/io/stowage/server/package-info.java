@NullMarked
package io.stowage.server;

import org.jspecify.annotations.NullMarked;
