package io.heliosctl.model;

import java.util.List;

/// A step found out in time that it must not be made: nothing was sent.
public final class NotBegunException extends ProblemException {

    private static final long serialVersionUID = 1;

    public NotBegunException(List<Problem> problems) {
        super(problems);
    }
}
