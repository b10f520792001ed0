/** Pure Storage FlashArray by its REST API 2.x: a pool is a pod. */
@NullMarked
package io.stowage.driver.pure;

import org.jspecify.annotations.NullMarked;
