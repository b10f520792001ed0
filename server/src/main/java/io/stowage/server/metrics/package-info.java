/** Metrics in the text format of Prometheus and OpenMetrics. */
@NullMarked
package io.stowage.server.metrics;

import org.jspecify.annotations.NullMarked;
