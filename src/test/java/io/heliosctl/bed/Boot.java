package io.heliosctl.bed;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/// Boots a container as a host: systemd is its first process. It has the capabilities systemd needs and no
/// others.
final class Boot {

    private Boot() {}

    /// @param last the last number of its address
    static Host host(String name, BedNetwork network, int last) {
        String address = network.address(last);
        GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(BedImage.name()))
                .withImagePullPolicy(image -> false)
                .withNetwork(network.network())
                .withNetworkAliases(name)
                .withTmpFs(Map.of("/run", "rw,exec", "/run/lock", "rw", "/tmp", "rw,exec"))
                .withCreateContainerCmdModifier(command -> configure(command, name, address));
        container.start();
        Host host = new Host(name, address, container);
        host.awaitBoot();
        return host;
    }

    private static void configure(CreateContainerCmd command, String name, String address) {
        Map<String, String> labels = new HashMap<>(Objects.requireNonNullElse(command.getLabels(), Map.of()));
        labels.putAll(BedNetwork.LABEL);
        command.withHostName(name)
                .withName("heliosctl-bed-" + ProcessHandle.current().pid() + "-" + name)
                .withIpv4Address(address)
                .withLabels(labels);
        HostConfig host = Objects.requireNonNull(command.getHostConfig());
        host.withCapAdd(capabilities())
                .withSecurityOpts(List.of("seccomp=unconfined", "apparmor=unconfined"))
                .withCgroupnsMode("host")
                .withBinds(Bind.parse("/sys/fs/cgroup:/sys/fs/cgroup:rw"));
    }

    /// The init script that Debian 11 has for PgBouncer looks whose program a process is, and signals nobody where
    /// it may not.
    private static Capability[] capabilities() {
        var all = EnumSet.of(Capability.SYS_ADMIN, Capability.NET_ADMIN);
        if (Integer.parseInt(BedNode.MAJOR) < 15) {
            all.add(Capability.SYS_PTRACE);
        }
        return all.toArray(Capability[]::new);
    }
}
