package io.stowage.cli;

import java.util.Collections;
import java.util.List;

/** Rows of text in columns. */
final class Table {
    private Table() {}

    /** Lines around every row, as {@code lxc} draws them. */
    static String boxed(List<String> titles, List<List<String>> rows) {
        int[] widths = new int[titles.size()];
        measure(widths, titles);
        rows.forEach(row -> measure(widths, row));
        StringBuilder out = new StringBuilder();
        rule(out, widths);
        row(out, widths, titles);
        rule(out, widths);
        for (List<String> row : rows) {
            row(out, widths, row);
            rule(out, widths);
        }
        return out.toString();
    }

    /** RFC 4180, with a line of titles. */
    static String csv(List<String> titles, List<List<String>> rows) {
        StringBuilder out = new StringBuilder();
        for (List<String> row : join(titles, rows)) {
            out.append(String.join(",", row.stream().map(Table::quoted).toList()))
                    .append('\n');
        }
        return out.toString();
    }

    private static Iterable<List<String>> join(List<String> titles, List<List<String>> rows) {
        List<List<String>> all = new java.util.ArrayList<>(Collections.singletonList(titles));
        all.addAll(rows);
        return all;
    }

    private static String quoted(String cell) {
        boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }

    private static void measure(int[] widths, List<String> row) {
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], row.get(i).length());
        }
    }

    private static void rule(StringBuilder out, int[] widths) {
        for (int width : widths) {
            out.append('+').repeat("-", width + 2);
        }
        out.append("+\n");
    }

    private static void row(StringBuilder out, int[] widths, List<String> row) {
        for (int i = 0; i < widths.length; i++) {
            out.append("| ")
                    .append(row.get(i))
                    .repeat(" ", widths[i] - row.get(i).length())
                    .append(' ');
        }
        out.append("|\n");
    }
}
