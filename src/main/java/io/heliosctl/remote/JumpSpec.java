package io.heliosctl.remote;

import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A jump host as `ssh -J` takes it: `[user@]host[:port]`, or the same as a URI.
record JumpSpec(Optional<String> user, String host, Optional<Integer> port) {

    private static final Pattern FORM =
            Pattern.compile("(?:ssh://)?(?:([^@,]+)@)?(?:\\[([^]]+)]|([^:,\\[\\]]+))(?::(\\d{1,5}))?/?");

    static List<JumpSpec> list(String text) {
        return Stream.of(text.split(",", -1))
                .map(String::strip)
                .map(JumpSpec::parse)
                .toList();
    }

    private static JumpSpec parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new ProblemException(Problem.error("ssh-jump-malformed", "not a jump host: " + text)
                    .hint("Write it as user@host:port, an IPv6 address in brackets."));
        }
        return new JumpSpec(
                Optional.ofNullable(matcher.group(1)),
                matcher.group(2) == null ? matcher.group(3) : matcher.group(2),
                Optional.ofNullable(matcher.group(4)).map(Integer::valueOf));
    }
}
