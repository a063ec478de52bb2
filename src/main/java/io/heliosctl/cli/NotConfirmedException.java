package io.heliosctl.cli;

import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;

/// The operator said no, or could not be asked (exit 8). Nothing was changed.
final class NotConfirmedException extends ProblemException {

    private static final long serialVersionUID = 1;

    NotConfirmedException(Problem problem) {
        super(problem);
    }
}
