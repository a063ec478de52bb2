package io.heliosctl.postgres;

import io.heliosctl.model.Lsn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One row of a result, by column name; what SQL calls null is empty here.
record Row(ResultSet result) {

    String text(String column) throws SQLException {
        return optional(column).orElse("");
    }

    Optional<String> optional(String column) throws SQLException {
        return Optional.ofNullable(result.getString(column));
    }

    int number(String column) throws SQLException {
        return result.getInt(column);
    }

    Optional<Long> optionalNumber(String column) throws SQLException {
        var value = result.getLong(column);
        return result.wasNull() ? Optional.empty() : Optional.of(value);
    }

    boolean isTrue(String column) throws SQLException {
        return result.getBoolean(column);
    }

    Lsn lsn(String column) throws SQLException {
        return optional(column).map(Lsn::parse).orElse(new Lsn(0));
    }

    /// The rows of a two-dimensional text array.
    List<Cells> rows(String column) throws SQLException {
        var rows = new ArrayList<Cells>();
        if (result.getArray(column).getArray() instanceof String[][] array) {
            for (var cells : array) {
                rows.add(new Cells(optionals(cells)));
            }
        }
        return rows;
    }

    private static List<Optional<String>> optionals(String[] cells) {
        var all = new ArrayList<Optional<String>>();
        for (var cell : cells) {
            all.add(Optional.ofNullable(cell));
        }
        return all;
    }

    /// One row within an array.
    record Cells(List<Optional<String>> values) {

        Cells {
            values = List.copyOf(values);
        }

        String text(int column) {
            return values.get(column).orElse("");
        }

        Optional<String> optional(int column) {
            return values.get(column);
        }
    }
}
