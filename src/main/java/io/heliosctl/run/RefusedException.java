package io.heliosctl.run;

import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import java.util.List;

/// A run was refused before anything was changed (exit 4).
public final class RefusedException extends ProblemException {

    private static final long serialVersionUID = 1;

    public RefusedException(List<Problem> problems) {
        super(problems);
    }

    public RefusedException(Problem problem) {
        super(problem);
    }
}
