package io.heliosctl.document;

import io.heliosctl.document.UnifiedDiff.Edit;
import java.util.ArrayList;
import java.util.List;

/// The fewest lines to take out and put in to make one text of another, by their longest common subsequence.
final class LineEdits {

    // Configuration files are short; beyond this many pairs of lines the changed middle is one edit.
    private static final long MOST_PAIRS = 25_000_000;

    private LineEdits() {}

    static List<Edit> between(List<String> before, List<String> after) {
        int start = 0;
        int shorter = Math.min(before.size(), after.size());
        while (start < shorter && before.get(start).equals(after.get(start))) {
            start++;
        }
        int end = 0;
        while (end < shorter - start && before.get(before.size() - 1 - end).equals(after.get(after.size() - 1 - end))) {
            end++;
        }
        List<String> one = before.subList(start, before.size() - end);
        List<String> other = after.subList(start, after.size() - end);
        return (long) one.size() * other.size() > MOST_PAIRS
                ? List.of(new Edit(start, start + one.size(), start, start + other.size()))
                : middle(one, other, start);
    }

    private static List<Edit> middle(List<String> before, List<String> after, int start) {
        int[][] common = common(before, after);
        List<Edit> edits = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < before.size() || j < after.size()) {
            if (i < before.size() && j < after.size() && before.get(i).equals(after.get(j))) {
                i++;
                j++;
                continue;
            }
            int from = i;
            int afterFrom = j;
            while ((i < before.size() || j < after.size())
                    && !(i < before.size() && j < after.size() && before.get(i).equals(after.get(j)))) {
                boolean takeOut = j == after.size() || (i < before.size() && common[i + 1][j] >= common[i][j + 1]);
                i += takeOut ? 1 : 0;
                j += takeOut ? 0 : 1;
            }
            edits.add(new Edit(start + from, start + i, start + afterFrom, start + j));
        }
        return edits;
    }

    // common[i][j]: length of the longest common subsequence of the lines from i and from j on.
    private static int[][] common(List<String> before, List<String> after) {
        int[][] common = new int[before.size() + 1][after.size() + 1];
        for (int i = before.size() - 1; i >= 0; i--) {
            for (int j = after.size() - 1; j >= 0; j--) {
                common[i][j] = before.get(i).equals(after.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }
}
