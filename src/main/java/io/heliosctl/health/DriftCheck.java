package io.heliosctl.health;

import io.heliosctl.model.PoolerName;
import io.heliosctl.model.PoolerState;
import java.util.ArrayList;

/// That every live pgbouncer.ini is what its template makes.
final class DriftCheck implements HealthCheck {

    @Override
    public CheckResult of(CheckSubject subject) {
        var result = subject.result("drift");
        if (subject.primary().isEmpty()) {
            return result.unknown("there is not one primary to render for");
        }
        var names = new ArrayList<PoolerName>();
        subject.topology().poolers().forEach((name, state) -> {
            if (state instanceof PoolerState.Answering) {
                names.add(name);
            }
        });
        for (var name : names) {
            if (subject.proofs().drift(name, subject.primary().orElseThrow()).isPresent()) {
                result.wrong(
                        ServiceState.WARNING, "the configuration of %s is not what its template makes".formatted(name));
            }
        }
        return result.build("every pgbouncer.ini is what its template makes");
    }
}
