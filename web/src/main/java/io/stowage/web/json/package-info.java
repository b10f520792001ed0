/**
 * JSON as this project reads and writes it: unknown fields are ignored, sizes are limited, and what
 * does not parse is one sentence. Begin with {@link io.stowage.web.json.Json}.
 */
@NullMarked
package io.stowage.web.json;

import org.jspecify.annotations.NullMarked;
