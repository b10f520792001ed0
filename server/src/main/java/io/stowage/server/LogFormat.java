package io.stowage.server;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The log on standard error: a line for each record, with UTC, level, who says it and what. */
final class LogFormat extends Formatter {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** Libraries that tell more than anybody wants; held, as the JDK forgets the level of loggers nobody holds. */
    private static final List<Logger> QUIET =
            List.of(Logger.getLogger("org.flywaydb"), Logger.getLogger("com.zaxxer"), Logger.getLogger("org.jdbi"));

    private static final LogFormat MESSAGES = new LogFormat();

    /** Makes this the only form of the log of this process. */
    static void install() {
        QUIET.forEach(logger -> logger.setLevel(Level.WARNING));
        var root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        var console = new ConsoleHandler();
        console.setFormatter(new LogFormat());
        console.setLevel(Level.ALL);
        root.addHandler(console);
    }

    @Override
    public String format(LogRecord record) {
        var thrown = record.getThrown();
        return "%s %s %s: %s%n%s"
                .formatted(
                        TIME.format(record.getInstant()),
                        level(record.getLevel()),
                        who(record),
                        message(record),
                        thrown == null ? "" : trace(thrown));
    }

    /** The last part of the logger's name. */
    static String who(LogRecord record) {
        var name = record.getLoggerName() == null ? "" : record.getLoggerName();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    static String message(LogRecord record) {
        return MESSAGES.formatMessage(record);
    }

    static String level(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return "error";
        }
        if (level.intValue() >= Level.WARNING.intValue()) {
            return "warning";
        }
        return level.intValue() >= Level.INFO.intValue() ? "info" : "debug";
    }

    private static String trace(Throwable thrown) {
        var text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
