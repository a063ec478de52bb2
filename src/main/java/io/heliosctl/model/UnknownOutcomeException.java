package io.heliosctl.model;

/// A command was sent and not answered: it may have taken effect or not. Only a probe of the state settles
/// it.
public final class UnknownOutcomeException extends ProblemException {

    private static final long serialVersionUID = 1;

    public UnknownOutcomeException(Problem problem) {
        super(problem);
    }
}
