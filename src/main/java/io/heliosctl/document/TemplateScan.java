package io.heliosctl.document;

import io.heliosctl.model.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Cuts a template into pieces as Python's Jinja2 does (its `lexer.py`), and writes the text that makes Jinjava
/// cut it the same way. Jinjava loses count of lines with `trim_blocks`, trims across comments, and ends `{{
/// {'a': {}} }}` at the first `}}`; so blanks are trimmed here, their line feeds go into the tag beside them,
/// and inner braces get a blank.
final class TemplateScan {

    private static final Pattern END_RAW = Pattern.compile("\\{%([-+]?)\\s*endraw\\s*([-+]?)%}");

    private final String text;
    private final List<TemplateToken> tokens = new ArrayList<>();
    private final StringBuilder jinjava = new StringBuilder();
    private String carried = "";
    private Problem problem;
    private int problemAt;
    private int at;
    private int jinjavaLine = 1;

    private TemplateScan(String text) {
        this.text = text;
    }

    static TemplateScan of(String text) {
        TemplateScan scan = new TemplateScan(text);
        while (scan.at < text.length() && scan.problem == null) {
            scan.piece();
        }
        return scan;
    }

    List<TemplateToken> tokens() {
        return tokens;
    }

    String forJinjava() {
        return jinjava.toString();
    }

    /// What is not closed, if anything.
    Optional<Problem> problem() {
        return Optional.ofNullable(problem);
    }

    int problemAt() {
        return problemAt;
    }

    private void piece() {
        int open = opening(at);
        if (open > at) {
            text(open);
        } else if (text.startsWith("{#", at)) {
            comment();
        } else {
            block(text.startsWith("{{", at));
        }
    }

    private int opening(int from) {
        for (int i = from; i < text.length() - 1; i++) {
            if (text.charAt(i) == '{' && "{%#".indexOf(text.charAt(i + 1)) >= 0) {
                return i;
            }
        }
        return text.length();
    }

    private void text(int end) {
        String content = text.substring(at, end);
        String kept = text.startsWith("-", end + 2) ? content.stripTrailing() : content;
        add(TemplateToken.Kind.TEXT, at, content, at, kept);
        carried = lineFeeds(content.substring(kept.length()));
        at = end;
    }

    private void comment() {
        int end = text.indexOf("#}", at + 2);
        if (end < 0) {
            fail("a comment is not closed", "Write #} at its end.");
            return;
        }
        String content = text.substring(at + 2, end);
        int start = at;
        at = end + 2;
        String trimmed = content.endsWith("-") ? blanks() : lineFeed();
        String written = "{# " + lineFeeds(carried + content + trimmed) + " #}";
        add(TemplateToken.Kind.COMMENT, start, content, start + 2, written);
    }

    private void block(boolean output) {
        String end = output ? "}}" : "%}";
        int close = close(at + 2, end);
        if (close < 0) {
            return;
        }
        int start = at;
        int from = start + 2 + (isSign(start + 2, output) ? 1 : 0);
        int to = Math.max(from, close - (isSign(close - 1, output) ? 1 : 0));
        String content = text.substring(from, to);
        boolean raw = !output && content.strip().equals("raw");
        at = close + 2;
        String trimmed =
                text.charAt(close - 1) == '-' && to < close ? blanks() : output || raw || to < close ? "" : lineFeed();
        String written =
                text.substring(start, start + 2) + " " + carried + spaced(content) + lineFeeds(trimmed) + " " + end;
        add(output ? TemplateToken.Kind.OUTPUT : TemplateToken.Kind.TAG, start, content, from, written);
        if (raw) {
            raw();
        }
    }

    // `-` trims blanks; `+` on a tag keeps what trim_blocks would take.
    private boolean isSign(int index, boolean output) {
        char c = text.charAt(index);
        return c == '-' || (c == '+' && !output);
    }

    /// Where the delimiter stands that is in no string and no inner bracket.
    private int close(int from, String end) {
        int depth = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'' || c == '"') {
                i = stringEnd(i);
                if (i < 0) {
                    fail("a quote is not closed", "");
                    return -1;
                }
            } else if (depth == 0 && text.startsWith(end, i)) {
                return i;
            } else if (c == '{') {
                depth++;
            } else if (c == '}') {
                depth = Math.max(0, depth - 1);
            }
        }
        fail("\"" + text.substring(at, at + 2) + "\" is not closed", "Write " + end + " at its end.");
        return -1;
    }

    private int stringEnd(int open) {
        for (int i = open + 1; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == text.charAt(open)) {
                return i;
            }
        }
        return -1;
    }

    private void raw() {
        Matcher end = END_RAW.matcher(text);
        if (!end.find(at)) {
            return;
        }
        String content = text.substring(at, end.start());
        String kept = end.group(1).equals("-") ? content.stripTrailing() : content;
        if (!kept.isEmpty()) {
            add(TemplateToken.Kind.TEXT, at, content, at, kept);
        }
        at = end.end();
        String trimmed = end.group(2).equals("-") ? blanks() : end.group(2).equals("+") ? "" : lineFeed();
        String written = "{% endraw " + lineFeeds(content.substring(kept.length()) + end.group() + trimmed) + " %}";
        add(TemplateToken.Kind.TAG, end.start(), "endraw", end.start() + 2, written);
    }

    // trim_blocks: the first line feed behind a tag or comment belongs to it.
    private String lineFeed() {
        if (at < text.length() && text.charAt(at) == '\n') {
            at++;
            return "\n";
        }
        return "";
    }

    private String blanks() {
        int from = at;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return text.substring(from, at);
    }

    private static String lineFeeds(String content) {
        return content.replaceAll("[^\n]", "");
    }

    private String spaced(String content) {
        StringBuilder spaced = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < content.length(); i++) {
            char c = content.charAt(i);
            spaced.append(c);
            if (quote != 0 && c == '\\' && i + 1 < content.length()) {
                spaced.append(content.charAt(++i));
            } else if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '{' || c == '}') {
                spaced.append(' ');
            }
        }
        return spaced.toString();
    }

    private void add(TemplateToken.Kind kind, int start, String content, int contentStart, String written) {
        jinjavaLine += (int) written.chars().filter(c -> c == '\n').count();
        tokens.add(new TemplateToken(kind, start, content, contentStart, jinjavaLine));
        jinjava.append(written);
        carried = "";
    }

    private void fail(String message, String hint) {
        problem = Problem.error("template-syntax", message).hint(hint);
        problemAt = at;
    }
}
