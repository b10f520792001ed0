package io.stowage.server;

import io.stowage.server.api.Api;
import io.stowage.server.view.LoggingView;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Tells administrators who listen to events what is written to the log, as long as it is open. */
final class LogEvents extends Handler implements AutoCloseable {
    private final Api api;

    private LogEvents(Api api) {
        this.api = api;
    }

    static LogEvents into(Api api) {
        var events = new LogEvents(api);
        Logger.getLogger("").addHandler(events);
        return events;
    }

    @Override
    public void publish(LogRecord record) {
        if (isLoggable(record)) {
            var thrown = record.getThrown();
            Map<String, String> context = thrown == null
                    ? Map.of("logger", LogFormat.who(record))
                    : Map.of("logger", LogFormat.who(record), "err", thrown.toString());
            var line = new LoggingView(LogFormat.message(record), LogFormat.level(record.getLevel()), context);
            api.tell(line, record.getInstant());
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        Logger.getLogger("").removeHandler(this);
    }
}
