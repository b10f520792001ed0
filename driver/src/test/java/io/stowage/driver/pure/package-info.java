@NullMarked
package io.stowage.driver.pure;

import org.jspecify.annotations.NullMarked;
