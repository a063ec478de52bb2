package io.heliosctl.runbook;

import io.heliosctl.document.YamlBytes;
import io.heliosctl.document.YamlChoice;
import io.heliosctl.document.YamlDuration;
import io.heliosctl.document.YamlFlag;
import io.heliosctl.document.YamlText;
import io.heliosctl.model.StopMode;
import io.heliosctl.model.Way;
import io.heliosctl.runbook.VerbKey.Hosts;
import io.heliosctl.runbook.VerbKey.Nodes;
import io.heliosctl.runbook.VerbKey.OneNode;
import io.heliosctl.runbook.VerbKey.Poolers;
import io.heliosctl.runbook.VerbKey.Question;
import io.heliosctl.runbook.VerbKey.Text;
import io.heliosctl.runbook.VerbKey.Value;
import io.heliosctl.runbook.VerbKey.Words;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// The keys that several verbs take, and those that need more than one line.
final class VerbKeys {

    static final String TIMEOUT = "timeout";

    static final Nodes NODES = new Nodes("target", "The role whose nodes it is made on.");
    static final Poolers POOLERS = new Poolers("target", "The role whose poolers it is made on.");
    static final OneNode UPSTREAM = new OneNode("upstream", "The node to follow.", Optional.empty(), true);
    static final OneNode IS = new OneNode("is", "The node that has to be it.", Optional.empty(), true);
    static final OneNode FROM = new OneNode("from", "The node all others have to follow.", Optional.empty(), true);
    static final OneNode AT = new OneNode("at", "The node clients are to reach.", Optional.empty(), true);

    static final OneNode OLD_PRIMARY = new OneNode(
            "of", "The old primary, which must be proved to be stopped.", Optional.of(Role.Primary.class), true);
    static final OneNode ROUTED_BEFORE = new OneNode(
            "from",
            "The node clients reached before; taking it back points there.",
            Optional.of(Role.Primary.class),
            false);
    static final OneNode NEXT_UPSTREAM = new OneNode(
            "upstream", "Whom it follows if anybody starts it again.", Optional.of(Role.Candidate.class), false);

    static final Value<StopMode> MODE = new Value<>(
            "mode",
            YamlChoice.of(StopMode.class)
                    .refusing(
                            "immediate",
                            "Such a stop writes no checkpoint, so nothing can prove that it is over, nor what another node needs."),
            "How it is stopped, as in pg_ctl(1).",
            Optional.of("fast"));

    static final Value<Duration> PAUSE_BUDGET = new Value<>(
            "budget",
            new YamlDuration(),
            "How long clients may be shut out before the pooler's own host lets them in.",
            Optional.of("30s"));
    static final Value<Duration> STOP_BUDGET = new Value<>(
            "budget",
            new YamlDuration(),
            "How long it may be stopped before its own host brings it back.",
            Optional.of("20s"));

    static final YamlText OS_USER = new YamlText("an operating system user", "[A-Za-z_][A-Za-z0-9_.-]{0,63}")
            .hint("Write it as in /etc/passwd.");

    static final Hosts HOSTS = new Hosts("target", "The role on whose hosts it is made.", true);
    static final Hosts ASKED = new Hosts("target", "The role that is asked; not needed to wait for a time.", false);
    static final Words RUN = new Words("run", "The program and its arguments, as a list; no shell reads them.");
    static final Text SCRIPT =
            new Text("script", "A text for /bin/sh -eu; each {{ }} in it ends in \"| sh\".", Texts.INTO_SHELL, false);
    static final Value<String> AS =
            new Value<>("as", OS_USER, "The OS user it runs as, by sudo; only with run.", Optional.empty());
    static final Text SQL = new Text(
            "text", "What is sent; each {{ }} in it ends in \"| sql\" or \"| sql_identifier\".", Texts.INTO_SQL, true);
    static final Question UNTIL = new Question("until", "What has to become true: { sql: … } or { command: […] }.");
    static final Value<Duration> FOR =
            new Value<>("for", new YamlDuration(), "How long to wait, whatever happens.", Optional.empty());
    static final Value<Duration> EVERY =
            new Value<>("every", new YamlDuration(), "How long from one question to the next.", Optional.of("1s"));
    static final Text QUESTION = new Text("question", "What is asked; the answer is yes or no.", Set.of(), true);

    static final Value<Duration> ATTEMPT = new Value<>(
            "attempt",
            new YamlDuration(),
            "How long one PAUSE may wait for open transactions; clients wait as long.",
            Optional.of("500ms"));
    static final Value<Boolean> TERMINATE_BLOCKERS = new Value<>(
            "terminate_blockers",
            new YamlFlag(),
            "After the timeout, end the sessions that were waited for, and try once more.",
            Optional.of("false"));

    static final Value<Way> BY = new Value<>(
            "by",
            YamlChoice.of(Way.class),
            "How far it may go: only follow, or also rewind by pg_rewind, or also clone by pg_basebackup.",
            Optional.of("follow"));

    static final OneNode LOST = new OneNode("of", "The lost primary.", Optional.empty(), true);
    static final Value<Long> LOSE_UP_TO = new Value<>(
            "lose_up_to",
            new YamlBytes(),
            "How much of its WAL may be lost, where it was lost; without it nothing may, and it must be stopped cleanly.",
            Optional.empty());
    static final Value<Boolean> ATTESTED = new Value<>(
            "attested", new YamlFlag(), "A person has said that the old primary is powered off.", Optional.of("false"));

    private VerbKeys() {}

    static Value<Duration> timeout(String builtIn) {
        return new Value<>(TIMEOUT, new YamlDuration(), "How long it may take on each target.", Optional.of(builtIn));
    }
}
