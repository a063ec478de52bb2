package io.heliosctl.view;

import io.heliosctl.run.Answer;
import io.heliosctl.run.History.Entry;
import io.heliosctl.run.JournalFlaw;
import io.heliosctl.run.PartResult.Status;
import io.heliosctl.run.RunStory;
import io.heliosctl.run.RunStory.Chapter;
import io.heliosctl.run.Runs;
import io.heliosctl.run.Verification;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// `heliosctl.runs.v1`, `heliosctl.story.v1` and `heliosctl.verify.v1`: their names are a contract; more may
/// be added, none taken away.
public final class RunsJson {

    private RunsJson() {}

    /// The runs there are, newest first.
    public static Map<String, Object> list(Runs runs) {
        var json = new LinkedHashMap<String, Object>();
        json.put("schema", "heliosctl.runs.v1");
        json.put("runs", runs.stories().stream().map(RunsJson::head).toList());
        json.put(
                "unreadable",
                runs.unreadable().stream()
                        .map(other -> two("name", other.name(), "problem", StatusJson.problem(other.problem())))
                        .toList());
        return json;
    }

    private static Map<String, Object> head(RunStory story) {
        var header = story.history().header();
        var session = story.chapters().getFirst().session();
        var json = new LinkedHashMap<String, Object>();
        json.put("run", story.id().value());
        json.put("cluster", header.cluster());
        json.put("runbook", header.runbook());
        json.put("begun", header.since().toString());
        json.put("user", session.user());
        json.put("host", session.host());
        json.put("version", header.version());
        json.put("reason", header.reason());
        json.put("took_ms", story.took().toMillis());
        json.put("outcome", story.history().outcome().orElse(null));
        json.put("standing", story.standing().name().toLowerCase(Locale.ROOT));
        var open = story.standing().isOpen() && story.flaws().isEmpty();
        json.put("next", open ? "heliosctl resume " + story.id() : null);
        json.put("torn", story.torn());
        json.put("flaws", flaws(story.flaws()));
        return json;
    }

    /// One run with everything its journal tells.
    public static Map<String, Object> story(RunStory story) {
        var header = story.history().header();
        var json = new LinkedHashMap<String, Object>();
        json.put("schema", "heliosctl.story.v1");
        json.putAll(head(story));
        json.put("epoch", header.epoch());
        json.put("runbook_sha256", header.runbookHash());
        json.put("inventory_sha256", header.inventoryHash());
        json.put("params", new TreeMap<>(header.parameters()));
        json.put("nodes", header.nodes());
        json.put("poolers", header.poolers());
        json.put("kept", new TreeMap<>(story.history().kept()));
        json.put("sessions", story.chapters().stream().map(RunsJson::chapter).toList());
        return json;
    }

    private static Map<String, Object> chapter(Chapter chapter) {
        var session = chapter.session();
        var json = new LinkedHashMap<String, Object>();
        json.put("since", session.since().toString());
        json.put("command", session.command());
        json.put("user", session.user());
        json.put("host", session.host());
        json.put("pid", session.pid());
        json.put("version", session.version());
        json.put("reason", session.reason());
        json.put("answers", chapter.answers().stream().map(Answer::fields).toList());
        json.put("steps", chapter.entries().stream().map(RunsJson::entry).toList());
        json.put(
                "remarks",
                chapter.remarks().stream()
                        .map(remark -> two("t", remark.time().toString(), "text", remark.text()))
                        .toList());
        var conclusion = chapter.conclusion();
        json.put("ended", conclusion.map(each -> each.time().toString()).orElse(null));
        json.put("outcome", conclusion.map(RunStory.Conclusion::outcome).orElse(null));
        json.put(
                "problems",
                conclusion
                        .map(each -> each.problems().stream()
                                .map(StatusJson::problem)
                                .toList())
                        .orElse(List.of()));
        return json;
    }

    private static Map<String, Object> entry(Entry entry) {
        var json = new LinkedHashMap<String, Object>();
        json.put("step", entry.step());
        json.put("name", entry.name());
        json.put("undo", entry.takingBack());
        json.put("target", entry.target());
        json.put("status", entry.status().map(Status::word).orElse(null));
        json.put("begun", entry.begun().toString());
        json.put("ms", entry.millis().orElse(null));
        json.put("remark", entry.remark());
        json.put("problems", entry.problems().stream().map(StatusJson::problem).toList());
        return json;
    }

    /// What was found out about some journals.
    public static Map<String, Object> verified(List<Verification> journals) {
        var json = new LinkedHashMap<String, Object>();
        json.put("schema", "heliosctl.verify.v1");
        json.put("runs", journals.stream().map(RunsJson::verified).toList());
        return json;
    }

    private static Map<String, Object> verified(Verification journal) {
        var json = new LinkedHashMap<String, Object>();
        json.put("run", journal.id().value());
        json.put("file", journal.file().toString());
        json.put("ok", journal.holds());
        json.put("lines", journal.lines());
        json.put("head", journal.head());
        json.put("torn", journal.torn());
        json.put("flaws", flaws(journal.flaws()));
        json.put("unreadable", journal.unreadable().orElse(null));
        return json;
    }

    private static List<Map<String, Object>> flaws(List<JournalFlaw> flaws) {
        return flaws.stream()
                .map(flaw -> two("line", flaw.line(), "kind", flaw.kind().name().toLowerCase(Locale.ROOT)))
                .toList();
    }

    private static Map<String, Object> two(String one, Object value, String other, Object otherValue) {
        var json = new LinkedHashMap<String, Object>();
        json.put(one, value);
        json.put(other, otherValue);
        return json;
    }
}
