package io.heliosctl.pgbouncer;

import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.remote.Permit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/// How an answer is told from the next one, and from an error, in the output of a psql that stays.
///
/// After each command psql itself is asked to say a word nobody else knows, with its variables ERROR, SQLSTATE
/// and LAST_ERROR_MESSAGE (psql 11 and later; psql manual, "Variables"). Columns and rows are parted by ASCII's
/// separators, so a line break inside a value is only a line break.
record PsqlFrame(String nonce) {

    private static final String COLUMN = "\u001f";
    private static final String ROW = "\u001e";

    /// Stands where an SQLSTATE would, if psql was not permitted to ask PgBouncer.
    static final String TOO_LATE = "too-late";

    private static final String PERMITTED = "set -- :'heliosctl_lock' :'heliosctl_file' :'heliosctl_epoch'; ( "
            + Permit.CONDITION + " ) && echo true || echo false";

    static PsqlFrame random() {
        var bytes = new byte[16];
        ThreadLocalRandom.current().nextBytes(bytes);
        return new PsqlFrame("heliosctl-" + HexFormat.of().formatHex(bytes));
    }

    /// psql's options that [#answer] relies on.
    static List<String> options() {
        return List.of("-X", "-q", "-A", "-w", "-F", COLUMN, "-R", ROW, "-P", "footer=off");
    }

    /// What psql is to be sent.
    String wrap(ConsoleCommand command) {
        var asked = command + ";\n\\echo " + nonce + " :ERROR :SQLSTATE\n\\echo = :LAST_ERROR_MESSAGE\n";
        return command.permit().map(permit -> guarded(permit, asked)).orElse(asked) + "\\echo " + nonce + "\n";
    }

    /// psql itself asks its host whether it may, in the moment when it has read this. A variable within
    /// backquotes goes to the shell as one quoted word (psql manual, "Meta-Commands").
    private String guarded(Permit permit, String asked) {
        return "\\set heliosctl_lock " + permit.lock()
                + "\n\\set heliosctl_file " + permit.file()
                + "\n\\set heliosctl_epoch " + permit.epoch()
                + "\n\\set heliosctl_permitted `" + PERMITTED + "`"
                + "\n\\if :heliosctl_permitted\n" + asked
                + "\\else\n\\echo " + nonce + " true " + TOO_LATE + "\n\\echo = it came too late\n\\endif\n";
    }

    /// Reads one answer.
    ///
    /// @param lines gives psql's next line of output
    Answer answer(Supplier<String> lines) {
        var body = until(nonce + " ", lines);
        var message = until(nonce, lines).text().replaceFirst("^= ?", "");
        var status = body.end().split(" ", -1);
        if (status.length < 3 || status[1].startsWith(":")) {
            throw new ProblemException(Problem.error("psql-too-old", "psql on the pooler's host is older than 11")
                    .hint("Set pgbouncer.psql to the psql of PostgreSQL 11 or later."));
        }
        return status[1].equals("true")
                ? new Answer.Refused(status[2], Words.clean(message))
                : new Answer.Table(rows(body.text()));
    }

    private static List<Row> rows(String body) {
        if (body.isEmpty()) {
            return List.of();
        }
        var records = body.split(ROW, -1);
        var columns = records[0].split(COLUMN, -1);
        var rows = new ArrayList<Row>();
        for (var i = 1; i < records.length; i++) {
            var cells = records[i].split(COLUMN, -1);
            var values = new HashMap<String, String>();
            for (var column = 0; column < Math.min(columns.length, cells.length); column++) {
                values.put(columns[column], cells[column]);
            }
            rows.add(new Row(values));
        }
        return rows;
    }

    private static Part until(String start, Supplier<String> lines) {
        var text = new StringJoiner("\n");
        var line = lines.get();
        while (!line.startsWith(start)) {
            text.add(line);
            line = lines.get();
        }
        return new Part(text.toString(), line);
    }

    private record Part(String text, String end) {}
}
