@NullMarked
package io.stowage.server.api;

import org.jspecify.annotations.NullMarked;
