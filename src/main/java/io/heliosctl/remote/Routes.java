package io.heliosctl.remote;

import io.heliosctl.model.Problem;
import io.heliosctl.model.ProblemException;
import io.heliosctl.model.SshSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// Decides how a host is reached: the inventory first, then `~/.ssh/config`, then OpenSSH's defaults.
final class Routes {

    private static final int MOST_JUMPS = 8;
    private static final List<String> DEFAULT_KEYS = List.of("id_ed25519", "id_ecdsa", "id_rsa");

    private final Surroundings here;
    private final Map<Path, OpenSshConfig> configs = new ConcurrentHashMap<>();

    Routes(Surroundings here) {
        this.here = here;
    }

    /// @throws ProblemException if the OpenSSH configuration asks for something that cannot be honoured
    Hop to(String host, SshSettings ssh) {
        OpenSshHost config = config(ssh).host(host).requireUnderstood();
        Optional<String> jumps = ssh.jump().or(config::proxyJump).filter(jump -> !jump.equals("none"));
        String user = ssh.user().or(() -> config.first("user")).orElse(here.user());
        int port = ssh.port().or(config::port).orElse(22);
        return hop(new JumpSpec(Optional.of(user), host, Optional.of(port)), ssh, config, via(jumps, ssh, 0));
    }

    /// The last of a comma-separated list of jump hosts, each reached through the one before it.
    private Optional<Hop> via(Optional<String> jumps, SshSettings ssh, int depth) {
        if (depth > MOST_JUMPS) {
            throw new ProblemException(
                    Problem.error("ssh-jump-loop", "more than " + MOST_JUMPS + " jump hosts: " + jumps.orElse("")));
        }
        Optional<Hop> before = Optional.empty();
        for (JumpSpec jump : jumps.map(JumpSpec::list).orElse(List.of())) {
            OpenSshHost config = config(ssh).host(jump.host()).requireUnderstood();
            Optional<Hop> way = before.isPresent() ? before : via(config.proxyJump(), ssh, depth + 1);
            before = Optional.of(hop(jump, ssh, config, way));
        }
        return before;
    }

    private Hop hop(JumpSpec spec, SshSettings ssh, OpenSshHost config, Optional<Hop> via) {
        String user = spec.user().or(() -> config.first("user")).or(ssh::user).orElse(here.user());
        int port = spec.port().or(config::port).orElse(22);
        String host = config.first("hostname")
                .map(name -> expand(name, spec.host(), port, user))
                .orElse(spec.host());
        return new Hop(
                user,
                host,
                port,
                config.first("hostkeyalias").orElse(host),
                knownHosts(ssh, config, host, port, user),
                identities(ssh, config, host, port, user),
                ssh.connectTimeout(),
                via);
    }

    /// The inventory's file, unless it is the default one and the configuration names others.
    private List<Path> knownHosts(SshSettings ssh, OpenSshHost config, String host, int port, String user) {
        List<String> named = config.all("userknownhostsfile");
        Path chosen = here.path(ssh.knownHosts());
        boolean isDefault = chosen.equals(here.ssh("known_hosts"));
        return named.isEmpty() || !isDefault ? List.of(chosen) : paths(named, host, port, user);
    }

    private IdentityFiles identities(SshSettings ssh, OpenSshHost config, String host, int port, String user) {
        List<Path> certificates = paths(config.all("certificatefile"), host, port, user);
        Optional<Path> agent = agent(config, host, port, user);
        if (ssh.key().isPresent()) {
            return new IdentityFiles(ssh.key().map(here::path).stream().toList(), certificates, true, true, agent);
        }
        List<Path> named = paths(config.all("identityfile"), host, port, user).stream()
                .filter(Routes::isThere)
                .toList();
        boolean only = config.isYes("identitiesonly");
        List<Path> keys = named.isEmpty()
                ? DEFAULT_KEYS.stream().map(here::ssh).filter(Files::exists).toList()
                : named;
        return new IdentityFiles(keys, certificates, only, !named.isEmpty(), agent);
    }

    /// As ssh(1) does it, a file that is not there is passed over; a public key is enough where the agent has
    /// the other.
    private static boolean isThere(Path key) {
        return Files.exists(key) || Files.exists(Path.of(key + ".pub"));
    }

    private Optional<Path> agent(OpenSshHost config, String host, int port, String user) {
        List<String> said = config.lines().stream()
                .filter(line -> line.keyword().equals("identityagent"))
                .flatMap(line -> line.words().stream())
                .limit(1)
                .toList();
        if (said.isEmpty() || said.getFirst().equals("SSH_AUTH_SOCK")) {
            return here.agent();
        }
        return said.getFirst().equals("none")
                ? Optional.empty()
                : Optional.of(paths(said, host, port, user).getFirst());
    }

    private List<Path> paths(List<String> texts, String host, int port, String user) {
        return texts.stream()
                .map(text -> here.path(expand(text, host, port, user)))
                .toList();
    }

    /// The tokens of ssh_config(5) that make sense here.
    private String expand(String text, String host, int port, String user) {
        return Stream.of(
                        Map.entry("%h", host),
                        Map.entry("%p", Integer.toString(port)),
                        Map.entry("%r", user),
                        Map.entry("%u", here.user()),
                        Map.entry("%d", here.home().toString()),
                        Map.entry("%%", "%"))
                .reduce(text, (soFar, token) -> soFar.replace(token.getKey(), token.getValue()), (a, b) -> b);
    }

    private OpenSshConfig config(SshSettings ssh) {
        return ssh.config()
                .map(here::path)
                .map(file -> configs.computeIfAbsent(file, path -> OpenSshConfig.read(path, here)))
                .orElse(OpenSshConfig.NONE);
    }
}
