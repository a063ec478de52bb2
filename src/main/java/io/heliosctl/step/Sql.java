package io.heliosctl.step;

import io.heliosctl.control.ClusterControl;
import io.heliosctl.model.Change;
import io.heliosctl.model.NodeName;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Sends a text of the site's own SQL to a node.
public record Sql(NodeName target, Wording text, Duration timeout, Terms terms) implements SiteStep {

    @Override
    public String verb() {
        return "sql";
    }

    @Override
    public String targetName() {
        return target.value();
    }

    @Override
    public String summary() {
        return "send to %s: %s".formatted(target, Shown.cut(text.shown()));
    }

    @Override
    public String shown() {
        return summary() + (canTell() ? "" : " (without \"unless\" only an error tells)");
    }

    @Override
    public Optional<Change> pending(ClusterControl cluster) {
        return terms.done(cluster, timeout)
                ? Optional.empty()
                : Optional.of(new Change("SQL on " + target, "not sent", "sent"));
    }

    @Override
    public String apply(ClusterControl cluster) {
        var rows = cluster.query(target, text.in(cluster.scene()), false, timeout);
        terms.accept(cluster, this, values(rows), timeout);
        return "";
    }

    /// `rows`, and `row`: the first one, if there is one.
    private static Map<String, Object> values(List<Map<String, Object>> rows) {
        var values = new LinkedHashMap<String, Object>();
        rows.stream().findFirst().ifPresent(first -> values.put("row", first));
        values.put("rows", rows);
        return values;
    }
}
