package io.stowage.database;

import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.mapper.RowMapperFactory;
import org.jdbi.v3.core.statement.ColonPrefixSqlParser;
import org.jdbi.v3.core.statement.SqlParser;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jspecify.annotations.Nullable;

/** How values stand in columns: the same text in SQLite and in PostgreSQL. */
final class Columns {
    /** UTC with nanoseconds, always of the same length for years 0 to 9999, so that text order is time order. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);

    /** Statements are taken apart once in a process, whatever number of databases it opens. */
    private static final SqlParser PARSER = new ColonPrefixSqlParser();

    private Columns() {}

    static Jdbi teach(Jdbi jdbi, Statements statements) {
        return jdbi.setSqlLogger(statements)
                .configure(SqlStatements.class, config -> config.setSqlParser(PARSER))
                .registerArgument(new TimeArgument())
                .registerArgument(new UuidArgument())
                .registerArgument(new FlagArgument())
                .registerRowMapper((RowMapperFactory) RecordMapper::known)
                .registerColumnMapper(Instant.class, (row, column, context) -> time(row.getString(column)))
                .registerColumnMapper(UUID.class, (row, column, context) -> uuid(row.getString(column)))
                .registerColumnMapper(boolean.class, (row, column, context) -> row.getInt(column) != 0);
    }

    static @Nullable Instant time(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }

    static @Nullable UUID uuid(@Nullable String text) {
        return text == null ? null : UUID.fromString(text);
    }

    static String text(Instant time) {
        return TIME.format(time);
    }

    private static final class TimeArgument extends AbstractArgumentFactory<Instant> {
        TimeArgument() {
            super(Types.VARCHAR);
        }

        @Override
        protected Argument build(Instant value, ConfigRegistry config) {
            return (position, statement, context) -> statement.setString(position, text(value));
        }
    }

    private static final class UuidArgument extends AbstractArgumentFactory<UUID> {
        UuidArgument() {
            super(Types.VARCHAR);
        }

        @Override
        protected Argument build(UUID value, ConfigRegistry config) {
            return (position, statement, context) -> statement.setString(position, value.toString());
        }
    }

    private static final class FlagArgument extends AbstractArgumentFactory<Boolean> {
        FlagArgument() {
            super(Types.INTEGER);
        }

        @Override
        protected Argument build(Boolean value, ConfigRegistry config) {
            return (position, statement, context) -> statement.setInt(position, value ? 1 : 0);
        }
    }
}
