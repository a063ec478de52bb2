package io.heliosctl.control;

import io.heliosctl.control.Dispatch.Kind;
import io.heliosctl.document.Quoting;
import io.heliosctl.document.UnifiedDiff;
import io.heliosctl.model.Bytes;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState.Identity;
import io.heliosctl.model.PgbouncerSettings;
import io.heliosctl.model.PoolerName;
import io.heliosctl.model.StopMode;
import io.heliosctl.model.Way;
import io.heliosctl.postgres.Intentions;
import io.heliosctl.remote.FileChange;
import io.heliosctl.remote.Privilege;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the real hosts would be told, from the lists that they are told from.
final class LiveDispatches implements Dispatches {

    private final LiveCluster live;
    private final Hosts hosts;

    LiveDispatches(LiveCluster live, Hosts hosts) {
        this.live = live;
        this.hosts = hosts;
    }

    @Override
    public List<Dispatch> checkpoint(NodeName node) {
        return List.of(sql(node, of(node).checkpoint()));
    }

    @Override
    public List<Dispatch> stop(NodeName node, StopMode mode) {
        return commands(node, of(node).stop(mode));
    }

    @Override
    public List<Dispatch> awaitExit(NodeName node) {
        return commands(node, of(node).settle());
    }

    @Override
    public List<Dispatch> start(NodeName node) {
        return commands(node, of(node).start());
    }

    @Override
    public List<Dispatch> restart(NodeName node) {
        return commands(node, of(node).restart());
    }

    @Override
    public List<Dispatch> prepareTombstone(NodeName node, NodeName upstream) {
        return files(node, of(node).prepareTombstone(live.settings(node, upstream)));
    }

    @Override
    public List<Dispatch> tombstone(NodeName node) {
        return files(node, of(node).tombstone());
    }

    @Override
    public List<Dispatch> promote(NodeName node) {
        return List.of(sql(node, of(node).promote()));
    }

    @Override
    public List<Dispatch> follow(NodeName standby, NodeName upstream) {
        var intentions = of(standby);
        var all = new ArrayList<>(slot(standby, upstream));
        all.addAll(files(standby, intentions.follow(live.settings(standby, upstream))));
        var reload = live.node(standby)
                .pinned()
                .filter((Identity identity) -> intentions.followsByReload(identity))
                .isPresent();
        all.addAll(reload ? List.of(sql(standby, intentions.reload())) : commands(standby, intentions.restart()));
        return all;
    }

    @Override
    public List<Dispatch> fetchWal(NodeName standby, NodeName lost) {
        var there = live.node(lost).server().walSupply().files();
        var here = live.node(standby).server().walSupply().files();
        return List.of(
                Dispatch.of(
                        lost.value(),
                        Kind.RUN,
                        "%s  -- each segment of WAL that %s lacks".formatted(there.reading(), standby)),
                Dispatch.of(
                        standby.value(),
                        Kind.RUN,
                        "%s  -- what it lacks of the segment that it has begun".formatted(here.filling())),
                Dispatch.of(
                        standby.value(),
                        Kind.RUN,
                        "%s  -- each of the others, once it is proved on disk".formatted(here.placing())),
                sql(standby, of(standby).reload()));
    }

    @Override
    public List<Dispatch> rejoin(NodeName node, NodeName upstream, boolean tombstoned, boolean running) {
        var all = new ArrayList<>(slot(node, upstream));
        if (!running) {
            if (!tombstoned) {
                all.addAll(prepareTombstone(node, upstream));
                all.addAll(tombstone(node));
            }
            all.addAll(start(node));
        }
        all.addAll(files(node, of(node).forgetTombstone()));
        return all;
    }

    @Override
    public List<Dispatch> bringBack(NodeName node, NodeName upstream, ReturnControl.Limits limits) {
        var way = live.returns().wayBack(node, upstream, limits);
        var all = new ArrayList<Dispatch>();
        if (way.recoversFirst()) {
            all.addAll(start(node));
            all.addAll(stop(node, StopMode.FAST));
        }
        if (way.way() == Way.REWIND) {
            all.add(sql(upstream, of(upstream).checkpoint()));
            all.addAll(commands(
                    node,
                    live.node(node)
                            .server()
                            .comingBack()
                            .rewind()
                            .shown(live.cluster().node(upstream))));
        }
        if (way.way() == Way.CLONE) {
            all.addAll(commands(
                    node,
                    live.node(node)
                            .server()
                            .comingBack()
                            .replacement()
                            .shown(live.cluster().node(upstream))));
        }
        all.addAll(slot(node, upstream));
        all.addAll(files(node, of(node).follow(live.settings(node, upstream))));
        all.addAll(tombstone(node));
        all.addAll(start(node));
        return all;
    }

    private List<Dispatch> slot(NodeName node, NodeName upstream) {
        return live.slot(node)
                .map(name -> List.of(sql(upstream, of(upstream).createSlot(name))))
                .orElse(List.of());
    }

    @Override
    public List<Dispatch> pause(PoolerName pooler) {
        return each(pooler, Kind.CONSOLE, live.pooler(pooler).intentions().pause());
    }

    @Override
    public List<Dispatch> endBlockers(NodeName primary) {
        return List.of(Dispatch.of(
                primary.value(), Kind.SQL, of(primary).endSession() + "  -- for each session that PAUSE waits for"));
    }

    @Override
    public List<Dispatch> resume(PoolerName pooler) {
        return each(pooler, Kind.CONSOLE, live.pooler(pooler).intentions().resume());
    }

    @Override
    public List<Dispatch> kill(PoolerName pooler) {
        return each(pooler, Kind.CONSOLE, live.pooler(pooler).intentions().kill());
    }

    @Override
    public List<Dispatch> stage(PoolerName pooler, NodeName primary) {
        return rendered(pooler, primary).entrySet().stream()
                .map(file -> live.pooler(pooler).intentions().stage(file.getKey(), file.getValue()))
                .map(change -> new Dispatch(
                        pooler.value(), Kind.WRITE, beside(change), typed(pooler.value(), change.commands()), ""))
                .toList();
    }

    private Map<PgbouncerSettings.Instance, Bytes> rendered(PoolerName pooler, NodeName primary) {
        return live.pooler(pooler).rendered(live.cluster().node(primary), live.version(primary));
    }

    private static String beside(FileChange change) {
        return "beside " + change.path();
    }

    @Override
    public List<Dispatch> point(PoolerName pooler, NodeName primary) {
        var all = new ArrayList<Dispatch>();
        rendered(pooler, primary).forEach((instance, content) -> {
            var intentions = live.pooler(pooler).intentions();
            all.add(file(pooler.value(), intentions.install(instance, content)));
            all.add(Dispatch.of(pooler.value(), Kind.RUN, intentions.reload(instance)));
        });
        return all;
    }

    @Override
    public List<Dispatch> writeThrough(PoolerName pooler) {
        return each(pooler, Kind.SQL, live.pooler(pooler).intentions().probe());
    }

    @Override
    public List<Dispatch> armSwitch(PoolerName pooler, Duration budget) {
        return List.of(toSwitch(pooler.value(), "arm: in %s it lets the clients in by itself", budget));
    }

    @Override
    public List<Dispatch> disarmSwitch(PoolerName pooler) {
        return List.of(toSwitch(pooler.value(), "disarm"));
    }

    @Override
    public List<Dispatch> armSwitch(NodeName node, Duration budget) {
        return List.of(toSwitch(node.value(), "arm: in %s it starts the server as a primary by itself", budget));
    }

    @Override
    public List<Dispatch> lastWord(NodeName oldPrimary) {
        return List.of(toSwitch(oldPrimary.value(), "disarm, and say so: else nothing is promoted"));
    }

    private static Dispatch toSwitch(String target, String text, Duration... budget) {
        var words = budget.length == 0 ? text : text.formatted(budget[0].toSeconds() + " s");
        return new Dispatch(target, Kind.SWITCH, words, List.of(), "");
    }

    @Override
    public List<Dispatch> execute(String host, Errand errand) {
        var remote = hosts.remote(host);
        var become = errand.as()
                .flatMap(user -> remote.map(each -> each.become(user)))
                .orElse(List.of());
        var words = Stream.concat(become.stream(), errand.words().stream())
                .map(Quoting::shell)
                .collect(Collectors.joining(" "));
        var script =
                errand.input().isEmpty() ? "" : " <<'END'\n" + errand.input().stripTrailing() + "\nEND";
        return List.of(Dispatch.of(host, Kind.RUN, UnifiedDiff.masked(words + script)));
    }

    @Override
    public List<Dispatch> query(NodeName node, String sql) {
        return List.of(sql(node, UnifiedDiff.masked(sql.strip())));
    }

    private Intentions of(NodeName node) {
        return live.node(node).server().intentions();
    }

    private static Dispatch sql(NodeName node, String text) {
        return Dispatch.of(node.value(), Kind.SQL, text);
    }

    private List<Dispatch> commands(NodeName node, List<Privilege> privileges) {
        return typed(node.value(), privileges).stream()
                .map(command -> Dispatch.of(node.value(), Kind.RUN, command))
                .toList();
    }

    private List<String> typed(String host, List<Privilege> privileges) {
        return privileges.stream()
                .map(privilege -> Stream.concat(become(host, privilege.user()).stream(), privilege.words().stream())
                        .map(Quoting::shell)
                        .collect(Collectors.joining(" ")))
                .toList();
    }

    private List<String> become(String host, String user) {
        return hosts.remote(host).map(remote -> remote.become(user)).orElse(List.of());
    }

    private List<Dispatch> files(NodeName node, List<FileChange> changes) {
        return changes.stream().map(change -> file(node.value(), change)).toList();
    }

    private Dispatch file(String host, FileChange change) {
        var removed = change.after().isEmpty();
        return new Dispatch(
                host,
                removed ? Kind.REMOVE : Kind.WRITE,
                change.path() + remark(change),
                typed(host, change.commands()),
                removed
                        ? ""
                        : UnifiedDiff.of(
                                "%s:%s".formatted(host, change.path()),
                                text(change.before()),
                                "%s:%s".formatted(host, change.path()),
                                text(change.after())));
    }

    private static String remark(FileChange change) {
        if (change.after().equals(Optional.of(Bytes.EMPTY))) {
            return " (empty)";
        }
        return change.after().isPresent() && change.after().equals(change.before()) ? " (a copy, to put it back)" : "";
    }

    /// A file of PostgreSQL's need not be UTF-8.
    private static String text(Optional<Bytes> content) {
        return content.map(bytes -> {
                    var text = bytes.text();
                    return text.contains("\uFFFD") ? new String(bytes.toArray(), StandardCharsets.ISO_8859_1) : text;
                })
                .orElse("");
    }

    /// The same for each of its processes.
    private List<Dispatch> each(PoolerName pooler, Kind kind, String text) {
        return live.cluster().pooler(pooler).pgbouncer().instances().stream()
                .map(_ -> Dispatch.of(pooler.value(), kind, text))
                .toList();
    }
}
