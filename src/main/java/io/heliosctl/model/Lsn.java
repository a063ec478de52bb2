package io.heliosctl.model;

import java.util.regex.Pattern;

/// A position in the write-ahead log, an unsigned 64-bit byte offset (PostgreSQL manual, "pg_lsn Type").
///
/// Compared unsigned: as text, `0/9000000` would sort after `0/10000000`.
public record Lsn(long value) implements Comparable<Lsn> {

    private static final Pattern TEXT = Pattern.compile("([0-9A-Fa-f]{1,8})/([0-9A-Fa-f]{1,8})");

    /// Reads PostgreSQL's own form, such as `16/B374D848`.
    ///
    /// @throws IllegalArgumentException if the text has another form
    public static Lsn parse(String text) {
        var matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a WAL position: " + text);
        }
        var high = Long.parseLong(matcher.group(1), 16);
        var low = Long.parseLong(matcher.group(2), 16);
        return new Lsn(high << 32 | low);
    }

    public boolean isPast(Lsn other) {
        return compareTo(other) > 0;
    }

    /// How many bytes of WAL lie between this position and a later one; zero if that one is not later.
    public long bytesBehind(Lsn later) {
        return later.isPast(this) ? later.value - value : 0;
    }

    @Override
    public int compareTo(Lsn other) {
        return Long.compareUnsigned(value, other.value);
    }

    @Override
    public String toString() {
        return "%X/%X".formatted(value >>> 32, value & 0xFFFF_FFFFL);
    }
}
