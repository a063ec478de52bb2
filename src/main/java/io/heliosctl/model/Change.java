package io.heliosctl.model;

/// One thing that is still to be changed: `role of pgdb2: standby -> primary`.
///
/// @param detail the commands or the unified diff behind it; empty if the one line says all
public record Change(String subject, String before, String after, String detail) {

    public Change(String subject, String before, String after) {
        this(subject, before, after, "");
    }

    @Override
    public String toString() {
        return subject + ": " + before + " -> " + after;
    }
}
