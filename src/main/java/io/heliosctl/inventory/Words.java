package io.heliosctl.inventory;

import io.heliosctl.document.YamlText;

/// What text may look like, by allow-list: these values come from a file many people change and end up in
/// commands, configuration files and sudoers. None can begin with a dash, which a program would take for an
/// option.
final class Words {

    /// Characters of a path: everything but control characters, quotes, and what a shell, sudoers or a glob
    /// reads.
    private static final String IN_PATH = "[^\\x00-\\x1F\\x7F*?\\[\\]\\\\\"'`$;&|<>(){}!#]";

    private static final String NO_PARENT = "(?!.*(?:^|/)\\.\\.(?:/|$))";
    private static final String PRINTABLE = "[^\\x00-\\x1F\\x7F]";
    private static final String HOST_WORD = "[A-Za-z0-9_:][A-Za-z0-9_.:-]{0,252}";

    static final YamlText NAME = new YamlText(
                    "a name of letters, digits, \"_\", \".\" and \"-\" that begins with a letter",
                    "[A-Za-z][A-Za-z0-9_.-]{0,62}")
            .hint("Rename it: names are typed, printed and used in file names.");
    static final YamlText HOST = new YamlText("a host name or an address", HOST_WORD)
            .hint("A port goes to ssh.port or postgres.port, a user to ssh.user.");
    static final YamlText PATH = new YamlText(
                    "an absolute path without \"..\", wildcards and quotes", NO_PARENT + "/" + IN_PATH + "{0,4094}")
            .hint("Write the whole path, from / on.");
    /// The name of a Unix socket has 107 characters at most, of which `/.s.PGSQL.65535` takes 15 (unix(7)).
    static final YamlText SOCKET_DIR = new YamlText(
                    "an absolute path of at most 92 characters without \"..\", wildcards and quotes",
                    NO_PARENT + "/" + IN_PATH + "{0,91}")
            .hint("Write the whole path, from / on.");
    static final YamlText LOCAL_PATH = new YamlText(
                    "a path that begins with / or ~/ and has no \"..\"", NO_PARENT + "~?/" + PRINTABLE + "{0,4093}")
            .hint("Write the whole path, from / or ~/ on.");
    static final YamlText UNIT = new YamlText("the name of a systemd unit", "[A-Za-z0-9_][A-Za-z0-9_:.@-]{0,254}")
            .hint("\"systemctl list-units\" on the host tells its name.");
    static final YamlText OS_USER = new YamlText("an operating system user", "[A-Za-z_][A-Za-z0-9_.-]{0,63}")
            .hint("Write it as in /etc/passwd.");
    static final YamlText SSH_USER = new YamlText("a login name", "[A-Za-z0-9_][A-Za-z0-9_.@+-]{0,63}")
            .hint("Write the name alone; the host goes to host.");
    static final YamlText ROLE = new YamlText(
                    "a database name or role of at most 63 characters", "(?!-)" + PRINTABLE + "{1,63}")
            .hint("Write the name alone, as in pg_roles or pg_database.");
    static final YamlText JUMP = new YamlText("a jump host as user@host:port", jumps())
            .hint("Write user@host:port, an IPv6 address in brackets, several with a comma between them.");
    static final YamlText TEMPLATE = new YamlText(
                    "the name of a template, such as pgbouncer.ini.j2",
                    NO_PARENT + "[A-Za-z0-9_][A-Za-z0-9_./-]{0,254}")
            .hint("Write the name of a file in the templates directory.");
    static final YamlText WORD = new YamlText("a word", "[A-Za-z0-9][A-Za-z0-9_.-]{0,62}")
            .hint("Use letters, digits, \"_\", \".\" and \"-\".");
    static final YamlText SETTING = new YamlText("a parameter's name in lower case", "[a-z][a-z0-9_]{0,62}")
            .hint("Write it as pgbouncer.ini does, such as max_client_conn.");
    static final YamlText VALUE = new YamlText("text on one line", PRINTABLE + "{0,4096}")
            .hint("Write it on one line, without control characters.");
    static final YamlText LINE = new YamlText("text on one line", PRINTABLE + "{1,4096}")
            .hint("Write it on one line, without control characters.");
    static final YamlText VARIABLE = new YamlText("the name of an environment variable", "[A-Za-z_][A-Za-z0-9_]{0,254}")
            .hint("Write the name alone, without \"$\".");

    private Words() {}

    private static String jumps() {
        var one = "(?:[A-Za-z0-9_][A-Za-z0-9_.+-]{0,63}@)?"
                + "(?:[A-Za-z0-9_][A-Za-z0-9_.-]{0,252}|\\[[0-9A-Fa-f:.]{2,45}\\])(?::[1-9][0-9]{0,4})?";
        return one + "(?:," + one + ")*";
    }
}
