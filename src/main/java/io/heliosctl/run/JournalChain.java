package io.heliosctl.run;

import io.heliosctl.document.Json;
import io.heliosctl.model.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What ties the lines of a journal together, so that none can be changed, dropped or moved unseen.
///
/// `prev` is the SHA-256 of the whole line before, without its line feed; the first line has none. `sum` is the
/// SHA-256 of the line itself up to the comma before `"sum"`: it tells which of two lines was changed, and
/// stands for the last line, which has no successor. Both are in lower-case hexadecimal. There is no key in it:
/// it finds damage and edits, not somebody who writes the whole file anew.
final class JournalChain {

    private static final String SUM = ",\"sum\":\"";
    private static final int HEX = 64;
    private static final int TAIL = SUM.length() + HEX + 2;

    private JournalChain() {}

    /// A line without its end.
    ///
    /// @param previous the SHA-256 of the line before; empty for the first
    static Bytes line(Map<String, Object> fields, Optional<String> previous) {
        var all = new LinkedHashMap<>(fields);
        previous.ifPresent(sum -> all.put("prev", sum));
        var open = Json.line(all);
        var content = open.substring(0, open.length() - 1);
        return Bytes.of(content + SUM + Bytes.of(content).sha256() + "\"}");
    }

    /// Everything that is wrong with these lines, in their order.
    static List<JournalFlaw> verify(List<Bytes> lines) {
        var flaws = new ArrayList<JournalFlaw>();
        var sums = lines.stream().map(Bytes::sha256).toList();
        for (int i = 0; i < lines.size(); i++) {
            flaw(lines, sums, i).ifPresent(flaws::add);
        }
        return flaws;
    }

    private static Optional<JournalFlaw> flaw(List<Bytes> lines, List<String> sums, int index) {
        var number = index + 1;
        if (!isWhole(lines.get(index))) {
            return Optional.of(new JournalFlaw(number, JournalFlaw.Kind.CHANGED));
        }
        var line = JournalLine.parse(number, lines.get(index));
        if (line.isEmpty()) {
            return Optional.of(new JournalFlaw(number, JournalFlaw.Kind.CHANGED));
        }
        var previous = line.get().text("prev");
        if (index == 0) {
            return previous.isEmpty() ? Optional.empty() : Optional.of(misplaced(number, previous, sums));
        }
        // A line before that was changed is one flaw, not two.
        return previous.equals(sums.get(index - 1)) || !isWhole(lines.get(index - 1))
                ? Optional.empty()
                : Optional.of(misplaced(number, previous, sums));
    }

    private static JournalFlaw misplaced(int number, String previous, List<String> sums) {
        var kind = previous.isEmpty() || sums.contains(previous) ? JournalFlaw.Kind.MOVED : JournalFlaw.Kind.MISSING;
        return new JournalFlaw(number, kind);
    }

    private static boolean isWhole(Bytes line) {
        var text = line.text();
        int end = text.length() - TAIL;
        return end > 0
                && text.startsWith(SUM, end)
                && text.endsWith("\"}")
                && text.substring(end + SUM.length(), end + SUM.length() + HEX)
                        .equals(Bytes.of(text.substring(0, end)).sha256())
                // What is not UTF-8 was replaced, and is not what was summed up.
                && Bytes.of(text).equals(line);
    }
}
