package io.heliosctl.view;

import io.heliosctl.model.Amounts;
import io.heliosctl.run.Answer;
import io.heliosctl.run.History.Entry;
import io.heliosctl.run.PartResult.Status;
import io.heliosctl.run.RunStory;
import io.heliosctl.run.RunStory.Chapter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The whole story of a run as its journal tells it.
public final class StoryText {

    private static final int INDENT = 22;
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    private final RunStory story;
    private final Style style;
    private final StringBuilder text = new StringBuilder();

    private StoryText(RunStory story, Style style) {
        this.story = story;
        this.style = style;
    }

    /// Header, steps with their times and what came of them on each target, and how it ended; ends with a line
    /// feed.
    public static String of(RunStory story, Style style) {
        return new StoryText(story, style).whole();
    }

    private String whole() {
        head();
        for (var chapter : story.chapters()) {
            chapter(chapter);
        }
        end();
        return text.toString();
    }

    private void head() {
        var header = story.history().header();
        line(style.bold("Run " + story.id()), 4);
        story.flaws().forEach(flaw -> line(style.bad("Broken: " + flaw.sentence() + ". Do not rely on this."), 4));
        field("Runbook", header.runbook() + " on " + header.cluster());
        if (!header.parameters().isEmpty()) {
            field("Parameters", pairs(header.parameters()));
        }
        field("Cast", pairs(header.nodes()) + " " + pairs(header.poolers()));
        field("Epoch", Long.toString(header.epoch()));
        field("Runbook's hash", header.runbookHash());
        field("Inventory's", header.inventoryHash());
    }

    private static String pairs(Map<String, ?> map) {
        return map.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getKey() + "="
                        + (entry.getValue() instanceof List<?> list
                                ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
                                : entry.getValue()))
                .collect(Collectors.joining(" "));
    }

    private void chapter(Chapter chapter) {
        var session = chapter.session();
        text.append('\n');
        line(
                style.bold("%s UTC %s".formatted(RunsText.when(session.since()), Printable.of(verb(session.command()))))
                        + Printable.of(" by %s@%s, process %d, heliosctl %s"
                                .formatted(session.user(), session.host(), session.pid(), session.version())),
                4);
        if (!session.reason().isEmpty()) {
            field("Reason", session.reason());
        }
        chapter.answers().forEach(this::answer);
        var told = new ArrayDeque<>(chapter.remarks());
        for (var step : steps(chapter.entries())) {
            // What was said while a step was made stands below it.
            while (!told.isEmpty()
                    && told.peek().time().isBefore(step.getFirst().begun())) {
                remark(told.poll());
            }
            step(step);
        }
        told.forEach(this::remark);
        chapter.conclusion().ifPresent(conclusion -> {
            line(clock(conclusion.time()) + " " + style.bold(Printable.of(words(conclusion.outcome()))), INDENT);
            var known = chapter.entries().stream()
                    .flatMap(entry -> entry.problems().stream())
                    .toList();
            text.append(ProblemText.of(
                    conclusion.problems().stream()
                            .filter(problem -> !known.contains(problem))
                            .toList(),
                    style));
        });
    }

    private void remark(RunStory.Remark remark) {
        line(clock(remark.time()) + " " + Printable.of(remark.text()), INDENT);
    }

    private static String verb(String command) {
        return switch (command) {
            case "run" -> "begun";
            case "resume" -> "resumed";
            case "rollback" -> "rolled back";
            case "abandon" -> "given up";
            default -> command;
        };
    }

    private static String words(String outcome) {
        return "outcome: " + outcome.replace('_', ' ');
    }

    private void answer(Answer answer) {
        field("Asked", answer.question());
        field("Answered", "\"%s\", by %s".formatted(answer.answer(), answer.by()));
    }

    /// The targets of each step together.
    private static List<List<Entry>> steps(List<Entry> entries) {
        var steps = new ArrayList<List<Entry>>();
        for (var entry : entries) {
            if (steps.isEmpty() || !isSame(steps.getLast().getFirst(), entry)) {
                steps.add(new ArrayList<>());
            }
            steps.getLast().add(entry);
        }
        return steps;
    }

    private static boolean isSame(Entry one, Entry other) {
        return one.step() == other.step() && one.name().equals(other.name());
    }

    private void step(List<Entry> targets) {
        var first = targets.getFirst();
        line(
                "%s %2d %s %s".formatted(clock(first.begun()), first.step(), mark(targets), Printable.of(first.name())),
                INDENT);
        for (var target : targets) {
            var words = new StringBuilder(" ".repeat(INDENT) + target.target() + ": "
                    + target.status().map(Status::word).orElse("begun, and no word about how it ended"));
            target.millis()
                    .map(Amounts::millis)
                    .ifPresent(millis -> words.append(", ").append(millis));
            if (!target.remark().isEmpty()) {
                words.append("; ").append(target.remark());
            }
            line(style.faint(Printable.of(words.toString())), INDENT + 2);
        }
        // What refused a step refused it on each target.
        text.append(ProblemText.of(
                targets.stream()
                        .flatMap(target -> target.problems().stream())
                        .distinct()
                        .toList(),
                style));
    }

    private String mark(List<Entry> targets) {
        if (targets.stream().anyMatch(target -> target.status().isEmpty())) {
            return style.bad("??? ");
        }
        var statuses = targets.stream().map(target -> target.status().get()).toList();
        if (statuses.contains(Status.UNKNOWN)) {
            return style.bad("??? ");
        }
        return statuses.contains(Status.FAILED) || statuses.contains(Status.REFUSED)
                ? style.bad("FAIL")
                : style.good("ok  ");
    }

    private void end() {
        text.append('\n');
        if (story.torn()) {
            line("A further line was cut off while it was written: it counts as not written.", 4);
        }
        line(
                "It stands: %s, after %s."
                        .formatted(
                                story.standing().words(),
                                Amounts.millis(story.took().toMillis())),
                4);
        if (story.standing().isOpen() && story.flaws().isEmpty()) {
            line("Next: heliosctl resume " + story.id(), 4);
            line("Or:   heliosctl rollback " + story.id(), 4);
        }
    }

    private static String clock(Instant time) {
        return CLOCK.format(time);
    }

    private void field(String name, String value) {
        line("%-15s %s".formatted(name + ":", Printable.of(value)), 16);
    }

    private void line(String words, int indent) {
        text.append(Paragraph.of(words, style.columns(), indent)).append('\n');
    }
}
