package io.stowage.database;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of rows: a component is the column of its name, written with underscores. The library's own mapper looks at
 * the constructor and its annotations again with each query, which took a third of the time of most requests.
 */
final class RecordMapper<T extends Record> implements RowMapper<T> {
    private static final Map<Class<? extends Record>, RecordMapper<?>> KNOWN = new ConcurrentHashMap<>();

    private record Column(String name, Reader reader) {}

    private interface Reader {
        @Nullable
        Object read(ResultSet row, String column) throws SQLException;
    }

    private final Constructor<T> constructor;
    private final List<Column> columns;

    private RecordMapper(Class<T> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            constructor = type.getDeclaredConstructor(types);
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(type + " has no canonical constructor", e);
        }
        columns = Arrays.stream(components)
                .map(each -> new Column(column(each.getName()), reader(each.getType())))
                .toList();
    }

    /** For any record. A mapper that is given to a handle with each transaction is never taken from it again. */
    static Optional<RowMapper<?>> known(Type type, ConfigRegistry config) {
        return type instanceof Class<?> kind && kind.isRecord()
                ? Optional.of(KNOWN.computeIfAbsent(kind.asSubclass(Record.class), RecordMapper::new))
                : Optional.empty();
    }

    /** As in {@code createdAt} and {@code created_at}. */
    private static String column(String component) {
        return component.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static Reader reader(Class<?> type) {
        if (type == String.class) {
            return ResultSet::getString;
        }
        if (type == long.class) {
            return ResultSet::getLong;
        }
        if (type == int.class) {
            return ResultSet::getInt;
        }
        if (type == boolean.class) {
            return (row, column) -> row.getInt(column) != 0;
        }
        if (type == UUID.class) {
            return (row, column) -> Columns.uuid(row.getString(column));
        }
        if (type == Instant.class) {
            return (row, column) -> Columns.time(row.getString(column));
        }
        if (type == RowState.class) {
            return (row, column) -> RowState.valueOf(row.getString(column));
        }
        throw new IllegalArgumentException("No column holds a " + type);
    }

    @Override
    public T map(ResultSet row, StatementContext context) throws SQLException {
        @Nullable Object[] values = new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            Column column = columns.get(i);
            values[i] = column.reader().read(row, column.name());
        }
        try {
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "A row is no " + constructor.getDeclaringClass().getSimpleName(), e);
        }
    }
}
