package io.heliosctl.model;

import java.util.List;

/// An inventory, runbook or template is wrong; nothing has been connected to (exit 3).
public final class InvalidDocumentException extends ProblemException {

    private static final long serialVersionUID = 1;

    public InvalidDocumentException(List<Problem> problems) {
        super(problems);
    }

    public InvalidDocumentException(Problem problem) {
        super(problem);
    }
}
