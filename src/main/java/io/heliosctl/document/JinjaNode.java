package io.heliosctl.document;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;

/// A parsed expression or part of one.
@FunctionalInterface
interface JinjaNode {

    /// Its value in the scope the interpreter is in: a plain value or a [StrictUndefined].
    Object value(JinjavaInterpreter interpreter);
}
