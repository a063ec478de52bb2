package io.heliosctl.bed;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a run that changes nothing must leave as it was: configuration files with owner and mode, what lies in
/// the data directories, units, processes, locks and files of the login user, and what servers and poolers say.
///
/// @param facts by host or server and what was asked
public record Snapshot(Map<String, String> facts) {

    private static final String SETTINGS =
            "SELECT md5(string_agg(name || '=' || setting, ',' ORDER BY name)) FROM pg_settings"
                    + " WHERE sourcefile IS NOT NULL";
    private static final String SLOTS =
            "SELECT string_agg(slot_name || ' ' || slot_type, ', ' ORDER BY slot_name) FROM pg_replication_slots";

    public Snapshot {
        facts = Map.copyOf(facts);
    }

    /// The bed as it is at this moment.
    public static Snapshot of(HostsBed bed) {
        Map<String, String> facts = new TreeMap<>();
        for (Host host : bed.hosts()) {
            host.succeed(Scripts.script("snapshot"))
                    .lines()
                    .map(line -> line.split("\t", 2))
                    .forEach(fact -> facts.put(host.name() + " " + fact[0], fact[1]));
        }
        for (NodeFacts node : NodeFacts.of(bed.nodes())) {
            facts.put(node.name() + " is in recovery", Boolean.toString(node.inRecovery()));
            facts.put(node.name() + " system identifier", node.systemId());
            facts.put(node.name() + " timeline", node.timeline());
            if (node.isThere()) {
                facts.put(node.name() + " settings", node.node().ask(SETTINGS));
                facts.put(node.name() + " slots", node.node().ask(SLOTS));
            }
        }
        for (BedPooler pooler : bed.poolers()) {
            facts.put(pooler.name() + " serves clients", Boolean.toString(pooler.serves()));
            facts.put(pooler.name() + " configuration", pooler.console("SHOW CONFIG"));
            for (Map<String, String> database : pooler.show("DATABASES")) {
                database.remove("current_connections");
                facts.put(pooler.name() + " database " + database.get("name"), database.toString());
            }
        }
        return new Snapshot(facts);
    }

    /// What is otherwise in a later snapshot, a line for each fact.
    public List<String> differences(Snapshot later) {
        List<String> differences = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>(facts.keySet());
        names.addAll(later.facts.keySet());
        for (String name : names) {
            if (!Objects.equals(facts.get(name), later.facts.get(name))) {
                differences.add("%s: %s, then %s".formatted(name, facts.get(name), later.facts.get(name)));
            }
        }
        return differences;
    }
}
