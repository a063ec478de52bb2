package io.heliosctl.control;

import io.heliosctl.model.Cluster;
import io.heliosctl.model.FenceProof;
import io.heliosctl.model.Fenced;
import io.heliosctl.model.Lineage;
import io.heliosctl.model.LossEstimate;
import io.heliosctl.model.Lsn;
import io.heliosctl.model.NodeName;
import io.heliosctl.model.NodeState.Standby;
import io.heliosctl.model.NodeState.Stopped;
import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.StopProof;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// What the standbys know of a lost primary's WAL.
final class Losses {

    private static final Duration LOOK = Duration.ofSeconds(3);

    /// The end of WAL that the primary last told of, when that was, and how much of it came lately: since the
    /// oldest of the segments that were written to within ten seconds before the last write.
    private static final String HEARD = """
            with here as (
                select (greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn()) - '0/0'::pg_lsn) as at,
                  pg_size_bytes(current_setting('wal_segment_size')) as size),
              files as (
                select modification, ('x' || substr(name, 9, 8))::bit(32)::bigint * 4294967296
                    + ('x' || substr(name, 17, 8))::bit(32)::bigint * here.size as start
                from pg_ls_waldir(), here where name ~ '^[0-9A-F]{24}$'),
              written as (select modification, start from files, here where start <= at)
            select (select latest_end_lsn::text from pg_stat_wal_receiver) as told,
              (select extract(epoch from clock_timestamp() - latest_end_time)::bigint
                from pg_stat_wal_receiver) as silence,
              (select ((at - min(start)) / 10)::bigint from written, here
                where modification > (select max(modification) from written) - interval '10 seconds'
                group by at) as rate""";

    private final LiveCluster live;
    private final Cluster cluster;

    Losses(LiveCluster live, Cluster cluster) {
        this.live = live;
        this.cluster = cluster;
    }

    /// @param told furthest position the primary told that standby of
    private record Heard(
            NodeName standby, Lsn received, Optional<Lsn> told, Optional<Long> silence, Optional<Long> rate) {}

    LossEstimate of(NodeName standby, NodeName lost, Optional<Fenced> fenced) {
        var heard = heard(lost);
        var mine = heard.stream()
                .filter(each -> each.standby().equals(standby))
                .findFirst()
                .orElseThrow(() ->
                        new ProblemException(Problem.error("not-a-standby", standby + " is not a running standby")));
        var marks = new ArrayList<Mark>();
        heard.forEach(each -> {
            marks.add(new Mark(each.received(), "received by " + each.standby()));
            each.told().ifPresent(told -> marks.add(new Mark(told, "last told to " + each.standby())));
        });
        fenced.flatMap(Losses::end).ifPresent(marks::add);
        var known = new FenceMarks(live.scene(), lost);
        known.furthest().ifPresent(position -> marks.add(new Mark(position, "known before")));
        var furthest = marks.stream()
                .reduce((first, next) -> next.position().isPast(first.position()) ? next : first)
                .orElseThrow();
        known.knowFurthest(furthest.position());
        return new LossEstimate(
                standby,
                mine.received(),
                furthest.position(),
                furthest.source(),
                fenced.filter(StopProof.class::isInstance).isPresent(),
                0,
                heard.stream().flatMap(each -> each.rate().stream()).max(Long::compare),
                silence(heard));
    }

    private record Mark(Lsn position, String source) {}

    private static Optional<Mark> end(Fenced fenced) {
        return switch (fenced) {
            case StopProof stop -> Optional.of(new Mark(stop.checkpoint(), "its control file"));
            case FenceProof fence -> fence.end().map(end -> new Mark(end, "its control file"));
            default -> Optional.empty();
        };
    }

    /// What is left to lose where the lost primary's own WAL is known to its end.
    LossEstimate upTo(NodeName standby, NodeName lost, Lsn end) {
        new FenceMarks(live.scene(), lost).knowFurthest(end);
        return LossEstimate.upTo(standby, received(standby), end, silence(lost));
    }

    /// The same once the standby has been given all of it.
    LossEstimate toTheEnd(NodeName standby, NodeName lost, Lsn end) {
        return upTo(standby, lost, end).withRest();
    }

    private Optional<Duration> silence(NodeName lost) {
        return silence(heard(lost));
    }

    private static Optional<Duration> silence(List<Heard> heard) {
        return heard.stream()
                .flatMap(each -> each.silence().stream())
                .min(Long::compare)
                .map(Duration::ofSeconds);
    }

    /// Where a server was shut down its control file says where its WAL ends, also before it is fenced.
    static Optional<Fenced> shutDown(ClusterControl cluster, NodeName lost) {
        if (!(cluster.observe(lost) instanceof Stopped stopped)
                || !stopped.control().isCleanlyShutDown()) {
            return Optional.empty();
        }
        try {
            return Optional.of(cluster.proveStopped(lost));
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }

    /// The standby that has received most, if that is more than this one has.
    Optional<Lead> ahead(NodeName standby, NodeName lost) {
        var own = received(standby);
        return heard(lost).stream()
                .filter(each -> each.received().isPast(own))
                .max(Comparator.comparing(Heard::received))
                .map(each -> new Lead(each.standby(), each.received()));
    }

    Lsn received(NodeName standby) {
        return live.standby(standby).received();
    }

    /// Only standbys on the same line of history count; a position on another one means nothing.
    private List<Heard> heard(NodeName lost) {
        var names = cluster.others(lost);
        var states = InParallel.map(names, live::observe);
        var lineage = Lineage.ofStandbys(states);
        var standbys = new LinkedHashMap<NodeName, Lsn>();
        for (int i = 0; i < names.size(); i++) {
            if (states.get(i) instanceof Standby state
                    && lineage.filter(line -> line.holds(state)).isPresent()) {
                standbys.put(names.get(i), state.received());
            }
        }
        return InParallel.map(List.copyOf(standbys.entrySet()), each -> ask(each.getKey(), each.getValue()));
    }

    private Heard ask(NodeName standby, Lsn received) {
        try {
            var row = live.query(standby, HEARD, true, LOOK).getFirst();
            return new Heard(
                    standby, received, text(row, "told").map(Lsn::parse), number(row, "silence"), number(row, "rate"));
        } catch (ProblemException e) {
            return new Heard(standby, received, Optional.empty(), Optional.empty(), Optional.empty());
        }
    }

    private static Optional<String> text(Map<String, Object> row, String name) {
        return Optional.ofNullable(row.get(name)).map(Objects::toString);
    }

    private static Optional<Long> number(Map<String, Object> row, String name) {
        return text(row, name)
                .filter(text -> text.matches("-?[0-9]{1,18}"))
                .map(Long::parseLong)
                .map(each -> Math.max(0, each));
    }
}
