package io.heliosctl.inventory;

import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;

/// The command line names no cluster of the inventory, or could mean several (exit 2).
public final class SelectionException extends ProblemException {

    private static final long serialVersionUID = 1;

    SelectionException(Problem problem) {
        super(problem);
    }
}
