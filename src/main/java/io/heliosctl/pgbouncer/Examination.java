package io.heliosctl.pgbouncer;

import io.heliosctl.model.Pooler;
import io.heliosctl.model.PoolerState;
import io.heliosctl.model.Problem;
import io.heliosctl.remote.Command;
import io.heliosctl.remote.Ran;
import io.heliosctl.remote.Remote;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Whether the inventory and the PgBouncer that answers are the same thing.
record Examination(Remote remote, Pooler pooler) {

    /// What is wrong; empty if a switchover may rely on this pooler.
    List<Problem> problems(List<PoolerState.Instance> seen) {
        var problems = new ArrayList<Problem>();
        processes().forEach(problems::add);
        for (var i = 0; i < seen.size(); i++) {
            var declared = pooler.pgbouncer().instances().get(i);
            var config = seen.get(i).config();
            Stream.of(
                            admin(declared.config(), config.getOrDefault("admin_users", "")),
                            configFile(declared.config(), config.getOrDefault("conffile", "")),
                            reloadable(declared.service().isPresent()
                                    || declared.pidFile().isPresent()))
                    .forEach(problems::addAll);
        }
        return List.copyOf(problems);
    }

    /// A process that nobody knows of would not be paused, and would go on serving the old primary.
    private List<Problem> processes() {
        var declared = pooler.pgbouncer().instances().size();
        var found = ListeningSockets.count(remote, pooler.pgbouncer().port());
        if (found.isEmpty() || found.getAsInt() == 0 || found.getAsInt() == declared) {
            return List.of();
        }
        return List.of(Problem.error(
                        "pooler-processes-differ",
                        "pooler " + pooler.name() + " has " + found.getAsInt() + " processes, the inventory "
                                + declared)
                .detail("That many sockets listen on port " + pooler.pgbouncer().port() + " of " + remote.name() + ".")
                .hint("List each process under pgbouncer.instances, by its unix_socket_dir."));
    }

    /// PgBouncer's own user may come in as `pgbouncer` without being listed (manual, "Admin console").
    private List<Problem> admin(String file, String adminUsers) {
        var user = pooler.pgbouncer().admin();
        return user.equals("pgbouncer")
                        || List.of(adminUsers.split("[,\\s]+", -1)).contains(user)
                ? List.of()
                : List.of(Problem.error("console-not-admin", "user " + user + " may not pause pooler " + pooler.name())
                        .detail("admin_users is: " + Words.clean(adminUsers))
                        .hint("Put " + user + " into admin_users in " + file + "."));
    }

    private List<Problem> configFile(String declared, String running) {
        if (!running.startsWith("/") || running.equals(declared) || isSame(declared, running)) {
            return List.of();
        }
        return List.of(Problem.error("other-config-file", "pooler " + pooler.name() + " reads another file")
                .detail("The inventory says " + declared + ", PgBouncer " + Words.clean(running) + ".")
                .hint("Set pgbouncer.config to the file that PgBouncer reads."));
    }

    private List<Problem> reloadable(boolean known) {
        return known
                ? List.of()
                : List.of(
                        Problem.error("pooler-not-reloadable", "pooler " + pooler.name() + " has no way to be reloaded")
                                .hint("Set pgbouncer.service, or pgbouncer.pid_file."));
    }

    private boolean isSame(String declared, String running) {
        return remote.run(Command.script("[ \"$1\" -ef \"$2\" ]", declared, running)) instanceof Ran.Exited exited
                && exited.ok();
    }
}
