package io.heliosctl.bed;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// Four Debian hosts: `pgdb1`, `pgdb2` and `pgdb3` with PostgreSQL, `pgb1` with PgBouncer; a second
/// PgBouncer, `pgb2`, shares the host of `pgdb1`. Fresh, `pgdb1` is the primary and the two others stream from
/// it.
///
/// The SSH user is `heliosctl`, which may nothing by sudo until [Host#installSudoers(String)]; the database
/// role `heliosctl` has the grants of `sql/grants.sql` and is no superuser.
public final class HostsBed implements AutoCloseable {

    private static final Map<String, Integer> HOSTS = Map.of("pgdb1", 11, "pgdb2", 12, "pgdb3", 13, "pgb1", 21);

    private static HostsBed shared;

    private final BedSecrets secrets = BedSecrets.create();
    private final BedFiles files = BedFiles.create();
    private final Map<String, Host> hosts;
    private final BedNetwork network;
    private final Duration bootTime;

    private HostsBed() {
        long start = System.nanoTime();
        network = BedNetwork.create();
        Map<String, Host> booted = new ConcurrentHashMap<>();
        try {
            Together.each(HOSTS.keySet(), name -> booted.put(name, Boot.host(name, network, HOSTS.get(name))));
        } catch (RuntimeException e) {
            booted.values().forEach(Host::close);
            network.network().close();
            throw e;
        }
        hosts = new TreeMap<>(booted);
        bootTime = Duration.ofNanos(System.nanoTime() - start);
        files.learn(hosts.values());
        files.write(files.replicatorSecret(), secrets.replicator() + "\n");
        files.write(files.inventory(), BedInventory.text(this));
        Together.each(hosts.values(), this::equip);
        Reset.keep(this);
    }

    /// The bed of this run of the tests, booted and reset when it is first asked for.
    public static synchronized HostsBed shared() {
        if (shared == null) {
            shared = new HostsBed();
            shared.reset();
        }
        return shared;
    }

    private void equip(Host host) {
        host.write("/root/pgpass", secrets.passfile(), "root:root", "0600");
        host.write("/root/userlist.txt", secrets.userlist(), "root:root", "0600");
        host.write("/root/authorized_keys", files.publicKey(), "root:root", "0600");
        host.write("/root/roles.sql", secrets.roles(), "root:root", "0600");
        host.write("/root/grants.sql", grants(), "root:root", "0600");
        host.write("/root/tables.sql", Scripts.resource("/bed/tables.sql"), "root:root", "0600");
    }

    /// Before PostgreSQL 15 only a superuser may run CHECKPOINT.
    private static String grants() {
        return Scripts.resource("/sql/grants.sql")
                + (Integer.parseInt(BedNode.MAJOR) < 15 ? "ALTER ROLE heliosctl SUPERUSER;\n" : "");
    }

    /// Makes the bed fresh: the cluster as it was made at first, every fault lifted, no sudoers file, nothing
    /// of what a test left on the hosts. The hosts are not booted again, except where one is off.
    public void reset() {
        reset(PoolerIni.OWN);
    }

    /// As [#reset()], with that text in every `pgbouncer.ini`.
    public void reset(PoolerIni ini) {
        Reset.of(this, ini);
    }

    public Collection<Host> hosts() {
        return hosts.values();
    }

    /// The host of that name.
    public Host host(String name) {
        return hosts.get(name);
    }

    public List<BedNode> nodes() {
        return List.of(node("pgdb1"), node("pgdb2"), node("pgdb3"));
    }

    /// The PostgreSQL server of that name.
    public BedNode node(String name) {
        return new BedNode(hosts.get(name), secrets);
    }

    public List<BedPooler> poolers() {
        return List.of(
                new BedPooler("pgb1", hosts.get("pgb1"), 6432, secrets),
                new BedPooler("pgb2", hosts.get("pgdb1"), 6433, secrets));
    }

    /// The PgBouncer of that name.
    public BedPooler pooler(String name) {
        return poolers().stream()
                .filter(pooler -> pooler.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /// Writes a pooler's `pgbouncer.ini` and has the pooler read it, by SIGHUP.
    public void writePgbouncerIni(BedPooler pooler, String text) {
        pooler.host().write(BedPooler.INI, text, "postgres:postgres", "0640");
        pooler.host().run("systemctl kill --signal=HUP --kill-who=main pgbouncer");
    }

    /// The SSH client's private key for the user `heliosctl` on every host.
    public Path key() {
        return files.key();
    }

    public Path knownHosts() {
        return files.knownHosts();
    }

    /// A file with the password of the role `replicator`.
    public Path replicatorSecret() {
        return files.replicatorSecret();
    }

    /// The inventory of this bed; its one cluster is `main`.
    public Path inventory() {
        return files.inventory();
    }

    public BedSecrets secrets() {
        return secrets;
    }

    /// How long the hosts took until systemd was done.
    public Duration bootTime() {
        return bootTime;
    }

    /// Ends the hosts. Whoever asks for the bed after that, such as Surefire's second try of a failed test,
    /// gets a new one.
    @Override
    public void close() {
        forget(this);
        Together.each(hosts.values(), Host::close);
        network.network().close();
    }

    private static synchronized void forget(HostsBed closed) {
        if (shared == closed) {
            shared = null;
        }
    }
}
