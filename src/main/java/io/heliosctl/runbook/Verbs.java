package io.heliosctl.runbook;

import static io.heliosctl.runbook.Verb.onNodes;
import static io.heliosctl.runbook.Verb.onPoolers;
import static io.heliosctl.runbook.VerbKeys.AS;
import static io.heliosctl.runbook.VerbKeys.ASKED;
import static io.heliosctl.runbook.VerbKeys.AT;
import static io.heliosctl.runbook.VerbKeys.ATTEMPT;
import static io.heliosctl.runbook.VerbKeys.ATTESTED;
import static io.heliosctl.runbook.VerbKeys.BY;
import static io.heliosctl.runbook.VerbKeys.EVERY;
import static io.heliosctl.runbook.VerbKeys.FOR;
import static io.heliosctl.runbook.VerbKeys.FROM;
import static io.heliosctl.runbook.VerbKeys.HOSTS;
import static io.heliosctl.runbook.VerbKeys.IS;
import static io.heliosctl.runbook.VerbKeys.LOSE_UP_TO;
import static io.heliosctl.runbook.VerbKeys.LOST;
import static io.heliosctl.runbook.VerbKeys.MODE;
import static io.heliosctl.runbook.VerbKeys.NEXT_UPSTREAM;
import static io.heliosctl.runbook.VerbKeys.NODES;
import static io.heliosctl.runbook.VerbKeys.OLD_PRIMARY;
import static io.heliosctl.runbook.VerbKeys.PAUSE_BUDGET;
import static io.heliosctl.runbook.VerbKeys.POOLERS;
import static io.heliosctl.runbook.VerbKeys.QUESTION;
import static io.heliosctl.runbook.VerbKeys.ROUTED_BEFORE;
import static io.heliosctl.runbook.VerbKeys.RUN;
import static io.heliosctl.runbook.VerbKeys.SCRIPT;
import static io.heliosctl.runbook.VerbKeys.SQL;
import static io.heliosctl.runbook.VerbKeys.STOP_BUDGET;
import static io.heliosctl.runbook.VerbKeys.TERMINATE_BLOCKERS;
import static io.heliosctl.runbook.VerbKeys.UNTIL;
import static io.heliosctl.runbook.VerbKeys.UPSTREAM;
import static io.heliosctl.runbook.VerbKeys.timeout;

import io.heliosctl.control.PauseLimits;
import io.heliosctl.runbook.Verb.Kind;
import io.heliosctl.step.Buried;
import io.heliosctl.step.CatchUp;
import io.heliosctl.step.Checkpoint;
import io.heliosctl.step.Clone;
import io.heliosctl.step.Concession;
import io.heliosctl.step.Configure;
import io.heliosctl.step.Fence;
import io.heliosctl.step.Follow;
import io.heliosctl.step.HoldPool;
import io.heliosctl.step.KillPool;
import io.heliosctl.step.PausePool;
import io.heliosctl.step.PointPool;
import io.heliosctl.step.Promote;
import io.heliosctl.step.Rejoin;
import io.heliosctl.step.RestartPostgres;
import io.heliosctl.step.ResumePool;
import io.heliosctl.step.Rewind;
import io.heliosctl.step.SinglePrimary;
import io.heliosctl.step.StartPostgres;
import io.heliosctl.step.StopPostgres;
import io.heliosctl.step.Streaming;
import io.heliosctl.step.WaitForWal;
import io.heliosctl.step.WalStatus;
import io.heliosctl.step.WriteProbe;
import java.util.List;
import java.util.Optional;

/// The whole vocabulary on one screen: what each word of a runbook takes, and what it becomes.
final class Verbs {

    static final List<Verb> ALL = List.of(
            check("buried", "Checks that a former primary can only come back read-only, and tells what is left to do.")
                    .takes(NODES, timeout("10s"))
                    .becomes(onNodes((given, node) -> new Buried(node, given.timeout()))),
            verb("catch_up", "Gives a standby all WAL of a lost primary that can still be read or received.")
                    .takes(NODES, LOST, timeout("60s"))
                    .becomes(onNodes((given, node) -> new CatchUp(node, given.get(LOST), given.timeout()))),
            verb("checkpoint", "Makes a checkpoint, so that a stop right after it is short.")
                    .takes(NODES, timeout("5m"))
                    .becomes(onNodes((given, node) -> new Checkpoint(node, given.timeout()))),
            verb("clone", "Puts a new copy of another node in the place of a data directory, which is kept.")
                    .takes(NODES, UPSTREAM, timeout("24h"))
                    .becomes(onNodes((given, node) -> new Clone(node, given.get(UPSTREAM), given.timeout()))),
            verb("configure", "Writes down what a node needs to follow another, without making it do so yet.")
                    .takes(NODES, UPSTREAM, timeout("30s"))
                    .becomes(onNodes((given, node) -> new Configure(node, given.get(UPSTREAM), given.timeout()))),
            verb("fence", "Makes sure that a former primary cannot write, and comes back read-only if it comes back.")
                    .takes(NODES, NEXT_UPSTREAM, ATTESTED, timeout("60s"))
                    .becomes(onNodes((given, node) -> new Fence(
                            node,
                            given.find(NEXT_UPSTREAM).filter(other -> !other.equals(node)),
                            given.get(ATTESTED),
                            given.timeout()))),
            verb("follow", "Makes a running standby stream from a node.")
                    .takes(NODES, UPSTREAM, timeout("60s"))
                    .becomes(onNodes((given, node) -> new Follow(node, given.get(UPSTREAM), given.timeout()))),
            verb("hold_pool", "Pauses poolers where that can be had; transactions on a lost server never end.")
                    .takes(POOLERS, ATTEMPT, timeout("1s"))
                    .becomes(onPoolers((given, pooler) ->
                            new HoldPool(pooler, PauseLimits.once(given.get(ATTEMPT), given.timeout())))),
            verb(
                            "kill_pool",
                            "Drops the connections of a pooler that hang; their clients see an error, all others wait.")
                    .takes(POOLERS, timeout("10s"))
                    .becomes(onPoolers((given, pooler) -> new KillPool(pooler, given.timeout()))),
            verb("pause_pool", "Holds the clients of all its poolers at the door; resumed by taking it back.")
                    .takes(POOLERS, ATTEMPT, TERMINATE_BLOCKERS, PAUSE_BUDGET, timeout("10s"))
                    .becomes(onPoolers((given, pooler) -> new PausePool(
                            pooler,
                            new PauseLimits(given.get(ATTEMPT), given.timeout(), given.get(TERMINATE_BLOCKERS)),
                            given.get(PAUSE_BUDGET)))),
            verb("point_pool", "Renders the pooler's configuration for a primary, reloads it and reads it back.")
                    .takes(POOLERS, AT, ROUTED_BEFORE, timeout("10s"))
                    .becomes(onPoolers((given, pooler) ->
                            new PointPool(pooler, given.get(AT), given.find(ROUTED_BEFORE), given.timeout()))),
            verb("promote", "Makes a standby the primary. From here on nothing is taken back.")
                    .takes(NODES, OLD_PRIMARY, LOSE_UP_TO, ATTESTED, timeout("60s"))
                    .becomes(onNodes((given, node) -> new Promote(
                            node,
                            given.get(OLD_PRIMARY),
                            given.find(LOSE_UP_TO).map(bytes -> new Concession(bytes, given.get(ATTESTED))),
                            given.timeout()))),
            verb("rejoin", "Brings a node back as a standby of another, by the gentlest way that works.")
                    .takes(NODES, UPSTREAM, BY, timeout("60s"))
                    .becomes(onNodes(
                            (given, node) -> new Rejoin(node, given.get(UPSTREAM), given.get(BY), given.timeout()))),
            verb("restart_postgres", "Restarts a server, and waits until a standby that streamed streams again.")
                    .takes(NODES, timeout("60s"))
                    .becomes(onNodes((given, node) -> new RestartPostgres(node, true, given.timeout()))),
            verb("resume_pool", "Lets the clients of a pooler in.")
                    .takes(POOLERS, timeout("10s"))
                    .becomes(onPoolers((given, pooler) -> new ResumePool(pooler, given.timeout()))),
            verb("rewind", "Takes back by pg_rewind what a node has and another lacks, and lets it follow that one.")
                    .takes(NODES, UPSTREAM, timeout("24h"))
                    .becomes(onNodes((given, node) -> new Rewind(node, given.get(UPSTREAM), given.timeout()))),
            check("single_primary", "Checks that one node is primary and no other is.")
                    .takes(IS, timeout("10s"))
                    .becomes(given -> List.of(new SinglePrimary(given.get(IS), given.timeout()))),
            verb("start_postgres", "Starts a server as what its data directory says it is.")
                    .takes(NODES, timeout("60s"))
                    .becomes(onNodes((given, node) -> new StartPostgres(node, false, given.timeout()))),
            verb("stop_postgres", "Stops a server, proves it, and sees to it that it can only come back read-only.")
                    .takes(NODES, MODE, NEXT_UPSTREAM, STOP_BUDGET, timeout("60s"))
                    .becomes(onNodes((given, node) -> new StopPostgres(
                            node,
                            given.get(MODE),
                            given.find(NEXT_UPSTREAM).filter(other -> !other.equals(node)),
                            given.timeout(),
                            given.get(STOP_BUDGET)))),
            check("streaming", "Checks that every standby streams from a node and has replayed a marker written now.")
                    .takes(FROM, timeout("30s"))
                    .becomes(given -> List.of(new Streaming(given.get(FROM), given.timeout()))),
            verb("wait_for_wal", "Waits until a standby has received everything of the stopped primary.")
                    .takes(NODES, OLD_PRIMARY, timeout("30s"))
                    .becomes(onNodes((given, node) -> new WaitForWal(node, given.get(OLD_PRIMARY), given.timeout()))),
            check("wal_status", "Says where the WAL of a node stands.")
                    .takes(NODES, timeout("10s"))
                    .becomes(onNodes((given, node) -> new WalStatus(node, given.timeout()))),
            check("write_probe", "Writes one record through a pooler, as a client would.")
                    .takes(POOLERS, timeout("5s"))
                    .becomes(onPoolers((given, pooler) -> new WriteProbe(pooler, given.timeout()))),
            site("command", Kind.SITE, "Runs a program or a shell script on the hosts of a role.")
                    .takes(HOSTS, RUN, SCRIPT, AS, timeout("60s"))
                    .oneOf("run", "script")
                    .becomes(SiteVerbs::command),
            site("sql", Kind.SITE, "Sends SQL to a node, over a connection of its own.")
                    .takes(NODES, SQL, timeout("60s"))
                    .becomes(SiteVerbs::sql),
            site("wait", Kind.SITE_PAUSE, "Waits until a question is answered by yes, or for a time.")
                    .takes(ASKED, UNTIL, FOR, EVERY, timeout("60s"))
                    .oneOf("until", "for")
                    .becomes(SiteVerbs::waiting),
            site("confirm", Kind.SITE_PAUSE, "Asks whoever runs this; without a terminal no, unless --yes.")
                    .takes(QUESTION, timeout("10m"))
                    .becomes(SiteVerbs::confirm));

    static final List<String> NAMES = ALL.stream().map(Verb::name).toList();
    static final List<String> CHECKS =
            ALL.stream().filter(Verb::isCheck).map(Verb::name).toList();
    static final List<String> SITE =
            ALL.stream().filter(Verb::isSite).map(Verb::name).toList();

    private Verbs() {}

    static Optional<Verb> find(String name) {
        return ALL.stream().filter(verb -> verb.name().equals(name)).findFirst();
    }

    private static VerbDraft verb(String name, String help) {
        return new VerbDraft(name, Kind.CHANGE, help, List.of(), List.of());
    }

    private static VerbDraft check(String name, String help) {
        return new VerbDraft(name, Kind.CHECK, help, List.of(), List.of());
    }

    private static VerbDraft site(String name, Kind kind, String help) {
        return new VerbDraft(name, kind, help, List.of(), List.of());
    }
}
