package io.heliosctl.view;

import io.heliosctl.health.CheckReport;
import io.heliosctl.health.CheckResult;
import io.heliosctl.health.Measure;
import io.heliosctl.health.ServiceState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a check has found, for programs: `heliosctl.check.v1`.
public final class CheckJson {

    private CheckJson() {}

    /// What was found of every cluster, as plain values.
    public static Map<String, Object> of(List<CheckReport> reports) {
        var document = new LinkedHashMap<String, Object>();
        document.put("schema", "heliosctl.check.v1");
        document.put(
                "state",
                ServiceState.worst(reports.stream().map(CheckReport::severity).toList())
                        .word());
        document.put("clusters", reports.stream().map(CheckJson::report).toList());
        return document;
    }

    /// Of something that could not be checked at all.
    public static Map<String, Object> unknown(String sentence) {
        var document = new LinkedHashMap<String, Object>();
        document.put("schema", "heliosctl.check.v1");
        document.put("state", ServiceState.UNKNOWN.word());
        document.put("problem", sentence);
        document.put("clusters", List.of());
        return document;
    }

    private static Map<String, Object> report(CheckReport report) {
        var document = new LinkedHashMap<String, Object>();
        document.put("name", report.cluster());
        document.put("state", report.severity().word());
        document.put("flapping", report.after().isFlapping());
        document.put("changed", report.isNews());
        document.put("checks", report.results().stream().map(CheckJson::result).toList());
        return document;
    }

    private static Map<String, Object> result(CheckResult result) {
        var document = new LinkedHashMap<String, Object>();
        document.put("name", result.check());
        document.put("state", result.severity().word());
        document.put("sentence", result.sentence());
        document.put(
                "measures", result.measures().stream().map(CheckJson::measure).toList());
        return document;
    }

    private static Map<String, Object> measure(Measure measure) {
        var document = new LinkedHashMap<String, Object>();
        document.put("metric", measure.metric().word());
        document.put("subject", measure.subject());
        document.put("value", measure.value());
        document.put("unit", measure.metric().unit());
        return document;
    }
}
