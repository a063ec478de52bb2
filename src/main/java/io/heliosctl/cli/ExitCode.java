package io.heliosctl.cli;

import io.heliosctl.inventory.SelectionException;
import io.heliosctl.model.InvalidDocumentException;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.UnknownOutcomeException;
import io.heliosctl.run.Outcome;

/// The state the cluster was left in, as a number for scripts.
final class ExitCode {

    static final int DONE = 0;
    static final int BUG = 1;
    static final int USAGE = 2;
    static final int INVALID = 3;
    static final int REFUSED = 4;
    static final int ROLLED_BACK = 5;
    static final int UNFINISHED = 6;
    static final int OWED = 7;
    static final int NOT_CONFIRMED = 8;

    private ExitCode() {}

    static int of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Succeeded done -> done.owed().isEmpty() ? DONE : OWED;
            case Outcome.Refused refused -> REFUSED;
            case Outcome.RolledBack back -> ROLLED_BACK;
            case Outcome.Unfinished open -> UNFINISHED;
        };
    }

    /// What ended a command before a run began, or outside of one.
    static int of(ProblemException problem) {
        return switch (problem) {
            case InvalidDocumentException invalid -> INVALID;
            case SelectionException wrong -> USAGE;
            case NotConfirmedException declined -> NOT_CONFIRMED;
            case UnknownOutcomeException unknown -> UNFINISHED;
            default -> REFUSED;
        };
    }
}
