package io.heliosctl.health;

/// One thing that can be checked. It changes nothing.
public interface HealthCheck {

    /// Looks at one cluster.
    ///
    /// @throws io.heliosctl.model.ProblemException if it cannot be told
    CheckResult of(CheckSubject subject);
}
