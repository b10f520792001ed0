@NullMarked
package io.stowage.driver.rest;

import org.jspecify.annotations.NullMarked;
