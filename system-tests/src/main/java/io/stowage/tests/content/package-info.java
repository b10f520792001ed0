/** Data that proves itself: files and blocks whose right content is known. */
@NullMarked
package io.stowage.tests.content;

import org.jspecify.annotations.NullMarked;
