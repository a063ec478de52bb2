package io.heliosctl.document;

/// What stands behind a `|`.
@FunctionalInterface
interface JinjaFilter {

    /// The filtered value.
    ///
    /// @param input the value, possibly a [StrictUndefined]
    Object apply(Object input, JinjaArguments arguments);

    /// A filter that refuses undefined input.
    static JinjaFilter strict(JinjaFilter filter) {
        return (input, arguments) -> filter.apply(StrictUndefined.refuse(input), arguments);
    }
}
