package io.heliosctl.run;

import io.heliosctl.model.Bytes;
import io.heliosctl.runbook.Runbook;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a journal says about a session before its first step: who, why, with whose word, and on what.
///
/// @param epoch the number of the session that its hosts know
/// @param brokeLockOf the run whose locks were broken for it
/// @param confirmation how it was confirmed; empty if nothing had to be asked
public record JournalHeader(Caller caller, long epoch, Optional<String> brokeLockOf, Optional<Answer> confirmation) {

    /// The first line of a run.
    ///
    /// @param inventoryHash of the inventory as it counts for the cluster:
    ///     [io.heliosctl.inventory.Inventory#sha256]
    public Map<String, Object> run(Runbook runbook, Plan plan, String inventoryHash) {
        var header = new LinkedHashMap<String, Object>();
        header.put("runbook", runbook.name());
        header.put("runbook_sha256", Bytes.of(runbook.text()).sha256());
        header.put("inventory_sha256", inventoryHash);
        header.put("cluster", plan.before().cluster().name());
        header.putAll(session());
        header.put("params", new TreeMap<>(plan.parameters()));
        header.put("nodes", names(plan.cast().nodes()));
        header.put("poolers", names(plan.cast().poolers()));
        return header;
    }

    /// The line of somebody who goes on with a run.
    ///
    /// @param command `resume` or `rollback`
    public Map<String, Object> resumed(String command) {
        var header = new LinkedHashMap<String, Object>();
        header.put("command", command);
        header.putAll(session());
        return header;
    }

    private Map<String, Object> session() {
        var fields = new LinkedHashMap<>(caller.fields());
        fields.put("epoch", epoch);
        brokeLockOf.ifPresent(run -> fields.put("broke_lock_of", run));
        confirmation.ifPresent(answer -> fields.put("confirmation", answer.fields()));
        return fields;
    }

    private static Map<String, List<String>> names(Map<String, ? extends List<?>> cast) {
        var names = new LinkedHashMap<String, List<String>>();
        cast.forEach((role, members) ->
                names.put(role, members.stream().map(Object::toString).toList()));
        return names;
    }
}
