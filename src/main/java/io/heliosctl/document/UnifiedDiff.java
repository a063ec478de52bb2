package io.heliosctl.document;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The difference of two texts as `diff -u` shows it, with passwords masked.
public final class UnifiedDiff {

    private static final int CONTEXT = 3;
    private static final String NO_END = "\n\\ No newline at end of file";

    // A quoted password is masked up to the end of its line: where its quotes end depends on what it is nested in.
    private static final Pattern PASSWORD = Pattern.compile("(?i)((?:\\b|_)\\w*password\\h*=\\h*)(?:[\\\\'\"].*|\\S+)");

    private static final Pattern IN_URI = Pattern.compile("(\\b\\w+://[^\\s:/@]+:)[^\\s@]+@");

    private final List<String> before;
    private final List<String> after;
    private final List<Edit> edits;

    private UnifiedDiff(List<String> before, List<String> after) {
        this.before = before;
        this.after = after;
        this.edits = LineEdits.between(before, after);
    }

    /// The unified diff with three lines of context; empty if the texts are equal. The value behind `password=`
    /// shows as `***`, quoted or not; if nothing but a password differs, both lines look alike.
    public static String of(String beforeLabel, String before, String afterLabel, String after) {
        if (before.equals(after)) {
            return "";
        }
        StringBuilder diff = new StringBuilder("--- " + beforeLabel + "\n+++ " + afterLabel + "\n");
        new UnifiedDiff(lines(before), lines(after)).hunks().forEach(diff::append);
        return diff.toString();
    }

    /// The text with every password in it shown as `***`.
    public static String masked(String text) {
        String masked = PASSWORD.matcher(text).replaceAll("$1***");
        return IN_URI.matcher(masked).replaceAll("$1***@");
    }

    // A last line without its end is another line than one with it.
    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        String last = lines.removeLast();
        if (!last.isEmpty()) {
            lines.add(last + NO_END);
        }
        return lines;
    }

    private List<String> hunks() {
        List<String> hunks = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= edits.size(); i++) {
            boolean apart =
                    i == edits.size() || edits.get(i).from() - edits.get(i - 1).to() > 2 * CONTEXT;
            if (apart) {
                hunks.add(hunk(edits.subList(from, i)));
                from = i;
            }
        }
        return hunks;
    }

    private String hunk(List<Edit> group) {
        Edit first = group.getFirst();
        Edit last = group.getLast();
        int start = Math.max(0, first.from() - CONTEXT);
        int end = Math.min(before.size(), last.to() + CONTEXT);
        int shiftAtStart = first.afterFrom() - first.from();
        int shiftAtEnd = last.afterTo() - last.to();
        StringBuilder hunk = new StringBuilder(
                "@@ -" + range(start, end) + " +" + range(start + shiftAtStart, end + shiftAtEnd) + " @@\n");
        int at = start;
        for (Edit edit : group) {
            append(hunk, ' ', before.subList(at, edit.from()));
            append(hunk, '-', before.subList(edit.from(), edit.to()));
            append(hunk, '+', after.subList(edit.afterFrom(), edit.afterTo()));
            at = edit.to();
        }
        append(hunk, ' ', before.subList(at, end));
        return hunk.toString();
    }

    // diff leaves out a length of 1 and names the line before an empty range.
    private static String range(int from, int to) {
        int length = to - from;
        return length == 1 ? Integer.toString(from + 1) : (length == 0 ? from : from + 1) + "," + length;
    }

    private static void append(StringBuilder hunk, char sign, List<String> lines) {
        lines.forEach(line -> hunk.append(sign).append(masked(line)).append('\n'));
    }

    /// Lines `from` to `to` of the one text, counted from 0, are replaced by `afterFrom` to `afterTo` of the
    /// other.
    record Edit(int from, int to, int afterFrom, int afterTo) {}
}
