@NullMarked
package io.stowage.driver;

import org.jspecify.annotations.NullMarked;
