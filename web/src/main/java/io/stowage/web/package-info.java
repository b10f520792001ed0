/** Stowage: listeners, certificates, JSON, HTTP client. */
@NullMarked
package io.stowage.web;

import org.jspecify.annotations.NullMarked;
