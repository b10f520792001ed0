@NullMarked
package io.stowage.web.tls;

import org.jspecify.annotations.NullMarked;
