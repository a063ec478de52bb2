package io.heliosctl.document;

/// One piece of a template.
///
/// @param start where it begins in the text
/// @param content what stands between its delimiters, without the signs that trim blanks; of text, the text
/// @param contentStart where the content begins in the text
/// @param jinjavaLine the line Jinjava will name for it: the one its end is on, in the text Jinjava is given
record TemplateToken(Kind kind, int start, String content, int contentStart, int jinjavaLine) {

    enum Kind {
        TEXT,
        OUTPUT,
        TAG,
        COMMENT
    }

    /// The tag's name, such as `if`.
    String tag() {
        return content.strip().split("[^A-Za-z0-9_]", 2)[0];
    }

    /// What follows the tag's name.
    String header() {
        String stripped = content.strip();
        return stripped.substring(tag().length()).strip();
    }

    boolean isTag() {
        return kind == Kind.TAG;
    }
}
