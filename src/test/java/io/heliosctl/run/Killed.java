package io.heliosctl.run;

/// What ends a life of the program. Nothing of heliosctl may catch it.
final class Killed extends Error {
    private static final long serialVersionUID = 1;

    Killed() {
        super("killed", null, false, false);
    }
}
