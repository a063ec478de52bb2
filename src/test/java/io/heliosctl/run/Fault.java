package io.heliosctl.run;

/// What goes wrong at one call.
///
/// @param call counted from 0 within one life of the program
/// @param delay for how many more calls it is on its way
record Fault(int call, Kind kind, Moment moment, int delay) {

    Fault(int call, Kind kind, Moment moment) {
        this(call, kind, moment, 0);
    }

    /// How it goes wrong.
    enum Kind {
        /// The program dies, and no line of it runs any more.
        DIES(false),
        /// The call fails and says so, once.
        FAILS(false),
        /// It fails now and each time it is tried again on the same target, until somebody mends that.
        KEEPS_FAILING(true),
        /// It is sent and not answered.
        NO_ANSWER(false),
        /// As before, and each time it is tried again: packets get lost in one direction.
        KEEPS_SILENT(true),
        /// Nothing is wrong with the call, but right before it every switch that is armed fires.
        FIRES(false);

        private final boolean lasting;

        Kind(boolean lasting) {
            this.lasting = lasting;
        }

        boolean isLasting() {
            return lasting;
        }
    }

    /// What came of the call.
    enum Moment {
        /// It had no effect.
        BEFORE,
        /// It had its effect on the first of several targets.
        HALF,
        /// It had its whole effect.
        AFTER,
        /// It is on its way still, and nobody knows when it will have its effect. For commands to one server,
        /// and PAUSE.
        LATE
    }

    @Override
    public String toString() {
        return "%d %s %s".formatted(call, kind, moment) + (delay == 0 ? "" : " " + delay);
    }
}
