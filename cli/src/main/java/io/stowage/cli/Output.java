package io.stowage.cli;

import io.stowage.client.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** The option {@code --format} and what it does. */
final class Output {
    enum Format {
        table,
        json,
        yaml,
        csv
    }

    @Option(names = "--format", paramLabel = "FORMAT", description = "one of ${COMPLETION-CANDIDATES}")
    private Format format = Format.table;

    /** A column of a table, and the key under which JSON and YAML show its value. */
    record Column(String title, Function<Json, String> value) {}

    /** A list: as a table of some columns, or whole as JSON or YAML. */
    void list(List<Json> rows, List<Column> columns) {
        switch (format) {
            case table -> System.out.print(Table.boxed(titles(columns), cells(rows, columns)));
            case csv -> System.out.print(Table.csv(titles(columns), cells(rows, columns)));
            case json -> System.out.println(Json.of(rows).pretty());
            case yaml -> System.out.print(Yaml.write(Json.of(rows)));
        }
    }

    /** One object: its members as rows of a table, or whole. */
    void object(Json object) {
        switch (format) {
            case table, yaml -> System.out.print(Yaml.write(object));
            case json -> System.out.println(object.pretty());
            case csv -> {
                Map<String, String> flat = new LinkedHashMap<>();
                object.fields()
                        .forEach(
                                (key, value) -> flat.put(key, value.text().isEmpty() ? value.compact() : value.text()));
                System.out.print(Table.csv(List.copyOf(flat.keySet()), List.of(List.copyOf(flat.values()))));
            }
        }
    }

    private static List<String> titles(List<Column> columns) {
        return columns.stream().map(Column::title).toList();
    }

    private static List<List<String>> cells(List<Json> rows, List<Column> columns) {
        return rows.stream()
                .map(row -> columns.stream()
                        .map(column -> column.value().apply(row))
                        .toList())
                .toList();
    }
}
