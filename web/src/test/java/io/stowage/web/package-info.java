@NullMarked
package io.stowage.web;

import org.jspecify.annotations.NullMarked;
