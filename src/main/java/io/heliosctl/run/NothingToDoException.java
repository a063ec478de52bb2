package io.heliosctl.run;

import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;

/// All is as it was asked for already (exit 0). Nothing was changed.
public final class NothingToDoException extends ProblemException {

    private static final long serialVersionUID = 1;

    public NothingToDoException(String sentence) {
        super(Problem.warning("nothing-to-do", sentence));
    }

    /// What is so already.
    public String sentence() {
        return problems().getFirst().message();
    }
}
