package io.heliosctl.model;

/// The number initdb gave a database cluster; a server with another one is a stranger (`pg_control_system`).
public record SystemId(String value) {

    public SystemId {
        if (!value.matches("[0-9]{1,20}")) {
            throw new IllegalArgumentException("not a system identifier: " + value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
