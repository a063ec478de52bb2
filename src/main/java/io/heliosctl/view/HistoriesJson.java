package io.heliosctl.view;

import io.heliosctl.model.DirectClient;
import io.heliosctl.model.Divergence;
import io.heliosctl.model.Histories;
import io.heliosctl.model.NodeName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the timelines tell, as plain values.
final class HistoriesJson {

    private HistoriesJson() {}

    static Map<String, Object> of(Histories histories) {
        var json = new LinkedHashMap<String, Object>();
        json.put("right", histories.right().map(NodeName::value).orElse(null));
        json.put("undecided", histories.undecided().isEmpty() ? null : histories.undecided());
        json.put("divergences", divergences(histories));
        json.put(
                "direct_clients",
                histories.direct().stream().map(HistoriesJson::client).toList());
        return json;
    }

    static List<Map<String, Object>> divergences(Histories histories) {
        return histories.divergences().stream().map(HistoriesJson::divergence).toList();
    }

    private static Map<String, Object> divergence(Divergence divergence) {
        var json = new LinkedHashMap<String, Object>();
        json.put("node", divergence.node().value());
        json.put("timeline", divergence.timeline().id());
        json.put("other", divergence.other().value());
        json.put("other_timeline", divergence.otherTimeline().id());
        json.put("fork", divergence.fork().toString());
        json.put("end", divergence.end().toString());
        json.put("exact", divergence.exact());
        json.put("bytes", divergence.bytes());
        json.put("transactions", divergence.transactions().orElse(null));
        json.put("uncounted", divergence.uncounted().isEmpty() ? null : divergence.uncounted());
        json.put("other_end", divergence.otherEnd().toString());
        json.put("other_bytes", divergence.otherBytes());
        return json;
    }

    private static Map<String, Object> client(DirectClient client) {
        var json = new LinkedHashMap<String, Object>();
        json.put("node", client.node().value());
        json.put("user", client.user());
        json.put("application", client.application());
        json.put("address", client.address().orElse(null));
        return json;
    }
}
