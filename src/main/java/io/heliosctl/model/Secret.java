package io.heliosctl.model;

import java.util.function.Function;

/// A password or key phrase. It prints as `***`; the text is only had by saying so.
public final class Secret {

    private final String text;

    public Secret(String text) {
        this.text = text;
    }

    /// Hands the text to one piece of code, so that every use can be found by its name.
    public <T> T reveal(Function<String, T> use) {
        return use.apply(text);
    }

    @Override
    public String toString() {
        return "***";
    }
}
