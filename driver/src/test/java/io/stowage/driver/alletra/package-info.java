@NullMarked
package io.stowage.driver.alletra;

import org.jspecify.annotations.NullMarked;
