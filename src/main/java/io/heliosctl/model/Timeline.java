package io.heliosctl.model;

/// A timeline of a cluster: promotion begins a new one, numbered higher (PostgreSQL manual, "Timelines").
public record Timeline(int id) implements Comparable<Timeline> {

    public Timeline {
        if (id < 1) {
            throw new IllegalArgumentException("not a timeline: " + id);
        }
    }

    @Override
    public int compareTo(Timeline other) {
        return Integer.compare(id, other.id);
    }

    @Override
    public String toString() {
        return Integer.toString(id);
    }
}
