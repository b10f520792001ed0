package io.stowage.server.view;

import java.util.Map;

/**
 * A line of the server's log, as {@code logging} events tell it.
 *
 * @param level {@code debug}, {@code info}, {@code warning} or {@code error}
 */
public record LoggingView(String message, String level, Map<String, String> context) {}
