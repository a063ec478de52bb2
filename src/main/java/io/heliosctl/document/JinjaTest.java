package io.heliosctl.document;

/// What stands behind an `is`.
@FunctionalInterface
interface JinjaTest {

    /// Whether the test holds.
    ///
    /// @param input the value, possibly a [StrictUndefined]
    boolean holds(Object input, JinjaArguments arguments);
}
