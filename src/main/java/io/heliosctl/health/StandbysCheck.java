package io.heliosctl.health;

import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState;
import java.util.ArrayList;

/// That enough standbys stream.
final class StandbysCheck implements HealthCheck {

    @Override
    public CheckResult of(CheckSubject subject) {
        var well = new ArrayList<NodeName>();
        var others = new ArrayList<String>();
        subject.topology().nodes().forEach((name, state) -> {
            switch (state) {
                case NodeState.Primary primary -> {}
                case NodeState.Standby standby when standby.isStreaming() -> well.add(name);
                case NodeState.Standby standby -> others.add(name + " does not stream");
                case NodeState.Stopped stopped -> others.add("PostgreSQL does not run on " + name);
                case NodeState.Unreachable unreachable -> others.add(name + " could not be asked");
            }
        });
        var standbys = subject.topology().nodes().size() - 1;
        var counted = well.size() == 1 ? "1 standby streams" : well.size() + " standbys stream";
        var sentence = others.isEmpty()
                ? counted
                : "%d of %d standbys stream: %s".formatted(well.size(), standbys, String.join(", ", others));
        return subject.result("standbys")
                .measure(Metric.STANDBYS, "", well.size(), sentence)
                .build(standbys == 0 ? "no standby is expected" : sentence);
    }
}
