package io.heliosctl.pgbouncer;

import java.util.Map;

/// One row of a SHOW command, by column name: PgBouncer adds and moves columns from version to version.
record Row(Map<String, String> values) {

    Row {
        values = Map.copyOf(values);
    }

    /// The column's text; empty where it is null or this version has no such column.
    String text(String column) {
        return values.getOrDefault(column, "");
    }

    /// The column as a number; 0 where it is null or this version has no such column.
    long number(String column) {
        var text = text(column);
        return text.matches("-?[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }

    boolean isSet(String column) {
        return number(column) != 0;
    }
}
