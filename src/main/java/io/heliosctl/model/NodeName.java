package io.heliosctl.model;

import java.util.regex.Pattern;

/// The name of a PostgreSQL server in the inventory; never its host name, which may be anything.
public record NodeName(String value) implements Comparable<NodeName> {

    /// What a node or a pooler may be called. A name is typed, printed and used in file names, never quoted.
    public static final Pattern ALLOWED = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,62}");

    public NodeName {
        if (!ALLOWED.matcher(value).matches()) {
            throw new IllegalArgumentException("not a node name: " + value);
        }
    }

    @Override
    public int compareTo(NodeName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
