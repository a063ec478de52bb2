package io.heliosctl.model;

/// A place in a text file somebody wrote, for messages.
///
/// @param line counted from 1
/// @param column counted from 1
/// @param source the text of that line, without its end
public record Place(String file, int line, int column, String source) {

    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
