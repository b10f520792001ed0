@NullMarked
package io.stowage.web.json;

import org.jspecify.annotations.NullMarked;
