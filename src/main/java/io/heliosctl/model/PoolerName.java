package io.heliosctl.model;

/// The name of a PgBouncer in the inventory.
public record PoolerName(String value) implements Comparable<PoolerName> {

    public PoolerName {
        if (!NodeName.ALLOWED.matcher(value).matches()) {
            throw new IllegalArgumentException("not a pooler name: " + value);
        }
    }

    @Override
    public int compareTo(PoolerName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
