package io.heliosctl.inventory;

import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;

/// The command line names no cluster, node or run that there is, or could mean several (exit 2).
public final class SelectionException extends ProblemException {

    private static final long serialVersionUID = 1;

    public SelectionException(Problem problem) {
        super(problem);
    }
}
