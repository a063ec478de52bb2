package io.heliosctl.run;

import io.heliosctl.document.Json;
import io.heliosctl.model.Bytes;
import io.heliosctl.model.Cast;
import io.heliosctl.model.InvalidDocumentException;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.PoolerName;
import io.heliosctl.model.Problem;
import io.heliosctl.model.Topology;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What a plan was made of. A plan that was saved is never followed to the letter: it is made again when it is
/// run, and the two must be made of the same.
///
/// @param files the runbook and the inventory
/// @param parameters as they were given, by name
/// @param cast who plays what, frozen
/// @param fingerprint of the cluster
/// @param told SHA-256 of everything that the hosts would be told, file contents included; empty if not known
///     yet
public record SavedPlan(
        String cluster,
        SavedFiles files,
        Map<String, String> parameters,
        Map<String, List<String>> cast,
        Fingerprint fingerprint,
        Optional<String> told) {

    public static final String SCHEMA = "heliosctl.plan.v1";

    public SavedPlan {
        parameters = Map.copyOf(parameters);
        cast = Map.copyOf(cast);
    }

    /// What a plan is made of now.
    ///
    /// @param parameters as they were given
    public static SavedPlan of(Plan plan, SavedFiles files, Map<String, String> parameters) {
        return new SavedPlan(
                plan.before().cluster().name(),
                files,
                parameters,
                names(plan.cast()),
                plan.fingerprint(),
                Optional.empty());
    }

    /// The name or path of its runbook.
    public String runbook() {
        return files.runbook();
    }

    /// The same, with what the hosts would be told.
    public SavedPlan telling(RehearsedPlan rehearsed) {
        return new SavedPlan(cluster, files, parameters, cast, fingerprint, Optional.of(digest(rehearsed)));
    }

    private static String digest(RehearsedPlan rehearsed) {
        var all = new ArrayList<Object>();
        all.add(rehearsed.ahead().stream().map(Object::toString).toList());
        rehearsed.plan().steps().forEach(step -> {
            all.add(step.name());
            all.add(rehearsed.of(step).stream().map(Object::toString).toList());
        });
        return Bytes.of(Json.line(all)).sha256();
    }

    private static Map<String, List<String>> names(Cast cast) {
        var names = new LinkedHashMap<String, List<String>>();
        cast.nodes()
                .forEach((role, nodes) ->
                        names.put(role, nodes.stream().map(NodeName::value).toList()));
        cast.poolers()
                .forEach((role, poolers) ->
                        names.put(role, poolers.stream().map(PoolerName::value).toList()));
        return names;
    }

    /// Which of the files have changed since.
    public List<Problem> changedFiles(SavedFiles now) {
        var stale = new ArrayList<Problem>();
        compare(stale, "the runbook has changed", files.runbookSha256(), now.runbookSha256());
        compare(
                stale,
                "the inventory has changed, or --set says something else",
                files.inventorySha256(),
                now.inventorySha256());
        return stale;
    }

    /// Whether the cluster has changed since.
    public List<Problem> changedCluster(Topology topology) {
        var now = Fingerprint.of(topology);
        return fingerprint.equals(now)
                ? List.of()
                : List.of(stale("the cluster has changed")
                        .detail("It was: %s. It is: %s.".formatted(fingerprint.shown(), now.shown())));
    }

    /// Whether somebody else would take part, or the hosts would be told something else.
    ///
    /// @param now what the plan is made of today
    public List<Problem> changedDeeds(SavedPlan now) {
        if (!cast.equals(now.cast)) {
            return List.of(stale("others would take part")
                    .detail("It was: %s. It is: %s.".formatted(shown(cast), shown(now.cast))));
        }
        var stale = new ArrayList<Problem>();
        compare(stale, "what the hosts would be told has changed", told.orElse(""), now.told.orElse(""));
        return stale;
    }

    private static void compare(List<Problem> stale, String message, String before, String now) {
        if (!before.equals(now)) {
            stale.add(stale(message).detail("Its SHA-256 was %.12s…, and is %.12s….".formatted(before, now)));
        }
    }

    private static Problem stale(String message) {
        return Problem.error("stale-plan", "since this plan was saved, " + message)
                .hint("Look at a new plan: the same command with --dry-run, and --out to save it.");
    }

    private static String shown(Map<String, List<String>> cast) {
        return cast.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getKey() + " " + String.join(" ", entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    /// As plain values.
    public Map<String, Object> asMap() {
        var map = new LinkedHashMap<String, Object>();
        map.put("schema", SCHEMA);
        map.put("cluster", cluster);
        map.put("runbook", files.runbook());
        map.put("runbook_sha256", files.runbookSha256());
        map.put("inventory_sha256", files.inventorySha256());
        map.put("parameters", new TreeMap<>(parameters));
        map.put("cast", new TreeMap<>(cast));
        map.put("fingerprint", fingerprint.asMap());
        map.put("told_sha256", told.orElse(null));
        return map;
    }

    /// Reads what [#asMap] wrote; what else is in the document is for people.
    ///
    /// @param name of the file, for messages
    /// @throws InvalidDocumentException `not-a-plan` if it is something else
    public static SavedPlan of(String name, Map<String, Object> document) {
        if (!SCHEMA.equals(document.get("schema"))) {
            throw notAPlan(name, "It is no document of the schema %s.".formatted(SCHEMA));
        }
        try {
            return new SavedPlan(
                    text(document, "cluster"),
                    new SavedFiles(
                            text(document, "runbook"),
                            digest(document, "runbook_sha256"),
                            digest(document, "inventory_sha256")),
                    texts(document.get("parameters")),
                    lists(document.get("cast")),
                    Fingerprint.of((Map<?, ?>) document.get("fingerprint")),
                    Optional.of(digest(document, "told_sha256")));
        } catch (RuntimeException e) {
            // Somebody has been at it: which of its values is of the wrong kind does not matter.
            throw notAPlan(name, "Something in it is missing, or is not what it should be.");
        }
    }

    private static InvalidDocumentException notAPlan(String name, String detail) {
        return new InvalidDocumentException(Problem.error("not-a-plan", name + " is not a saved plan")
                .detail(detail)
                .hint("Save one: heliosctl switchover --dry-run --out FILE."));
    }

    private static String text(Map<?, ?> document, String key) {
        if (document.get(key) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(key);
    }

    private static String digest(Map<?, ?> document, String key) {
        var text = text(document, key);
        if (text.matches("[0-9a-f]{64}")) {
            return text;
        }
        throw new IllegalArgumentException(key);
    }

    private static Map<String, String> texts(Object values) {
        var texts = new LinkedHashMap<String, String>();
        ((Map<?, ?>) values).forEach((name, value) -> texts.put((String) name, (String) value));
        return texts;
    }

    private static Map<String, List<String>> lists(Object values) {
        var lists = new LinkedHashMap<String, List<String>>();
        ((Map<?, ?>) values)
                .forEach((name, value) -> lists.put(
                        (String) name,
                        ((List<?>) value).stream().map(String.class::cast).toList()));
        return lists;
    }

    /// The node that a role was given to when the plan was saved.
    Optional<NodeName> player(String role) {
        return Optional.ofNullable(cast.get(role))
                .filter(names -> names.size() == 1)
                .map(names -> new NodeName(names.getFirst()));
    }
}
