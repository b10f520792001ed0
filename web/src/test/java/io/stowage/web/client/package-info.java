@NullMarked
package io.stowage.web.client;

import org.jspecify.annotations.NullMarked;
