package io.stowage.database;

import java.util.concurrent.atomic.LongAdder;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;

/** Counts the SQL statements that were executed. */
final class Statements implements SqlLogger {
    private final LongAdder executed = new LongAdder();

    @Override
    public void logAfterExecution(StatementContext context) {
        executed.increment();
    }

    long executed() {
        return executed.sum();
    }
}
