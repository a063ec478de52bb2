package io.heliosctl.bed;

/// What may go wrong on a host, made to happen.
public final class Faults {

    private Faults() {}

    /// A systemd unit is stopped; it is started again at the end.
    public static Fault stopped(Host host, String unit) {
        host.succeed("systemctl stop \"$1\"", unit);
        return () -> host.run("systemctl start \"$1\"", unit);
    }

    /// Every process of the unit gets SIGKILL at once. systemd does not start it again; nor does the end of
    /// the fault.
    public static void killed(Host host, String unit) {
        host.succeed("systemctl kill --signal=KILL \"$1\"", unit);
    }

    /// That user's processes whose command line matches the pattern of `pgrep -f`, such as `walreceiver`, stand
    /// still (SIGSTOP). The user may not be root: the one who freezes would be among them.
    public static Fault frozen(Host host, String user, String pattern) {
        host.succeed("pkill -STOP -u \"$1\" -f \"$2\"", user, pattern);
        return () -> host.run("pkill -CONT -u \"$1\" -f \"$2\"", user, pattern);
    }

    /// The whole host stands still, as a virtual machine does that is paused.
    public static Fault frozen(Host host) {
        host.freeze();
        return () -> {
            if (host.power().equals("paused")) {
                host.thaw();
            }
        };
    }

    /// A program fails with status 1 whenever its words, joined by blanks, match that shell pattern; else it
    /// works.
    public static Fault failing(Host host, String program, String pattern) {
        return replaced(host, program, pattern, "echo \"$0: made to fail\" >&2; exit 1");
    }

    /// A program never answers when its words match.
    public static Fault hanging(Host host, String program, String pattern) {
        return replaced(host, program, pattern, "exec sleep 3600");
    }

    /// A program runs these shell commands first when its words match, and then does what it does.
    public static Fault before(Host host, String program, String pattern, String commands) {
        return replaced(host, program, pattern, commands);
    }

    private static Fault replaced(Host host, String program, String pattern, String commands) {
        String kept = "/usr/share/bed/replaced" + program;
        String wrapper = "#!/bin/sh\ncase \"$*\" in %s) %s;; esac\nexec %s \"$@\"\n".formatted(pattern, commands, kept);
        host.succeed("mkdir -p \"$(dirname \"$2\")\" && cp -a \"$1\" \"$2\"", program, kept);
        host.write(program, wrapper, "root:root", "0755");
        return () -> host.run("[ -e \"$2\" ] && mv -T \"$2\" \"$1\"", program, kept);
    }

    /// A file or directory has another mode.
    public static Fault mode(Host host, String path, String mode) {
        String before = host.succeed("stat -c %a \"$1\" && chmod \"$2\" \"$1\"", path, mode);
        return () -> host.run("chmod \"$2\" \"$1\"", path, before);
    }

    /// A file has another text, with the owner and mode it had. Nobody is told to read it.
    public static Fault text(Host host, String path, String text) {
        String[] before = host.succeed("stat -c '%U:%G %a' \"$1\"", path).split(" ", -1);
        String old = host.read(path);
        host.write(path, text, before[0], before[1]);
        return () -> host.write(path, old, before[0], before[1]);
    }

    /// Nothing that `from` sends reaches the host; what the host sends still goes out. For a full cut, cut
    /// both ways.
    public static Fault deaf(Host host, Host from) {
        return dropped(host, "ip saddr " + from.address());
    }

    /// Nothing that a server on that TCP port of `from` sends reaches the host.
    public static Fault deafTo(Host host, Host from, int port) {
        return dropped(host, "ip saddr " + from.address() + " tcp sport " + port);
    }

    /// Nothing that this machine sends reaches the host; its peers reach it as before.
    public static Fault deafToUs(Host host) {
        return dropped(host, "ip saddr " + host.succeed("ip -4 route show default | awk '{print $3; exit}'"));
    }

    /// Nothing reaches that TCP port of the host, from anywhere.
    public static Fault deafPort(Host host, int port) {
        return dropped(host, "tcp dport " + port);
    }

    /// What is sent to the host by SSH arrives and is done, and after that many bytes no answer comes back.
    public static Fault speechless(Host host, int bytes) {
        return dropped(host, "output", "tcp sport 22 quota over " + bytes + " bytes");
    }

    /// Nothing goes in or out, but between the host and those, and but for connections from this machine to
    /// PostgreSQL's port: that is how the bed sees what it does, and stands for clients beside the poolers.
    public static Fault cutOff(Host host, Host... reachedBy) {
        String here = host.succeed("ip -4 route show default | awk '{print $3; exit}'");
        StringBuilder in = new StringBuilder("iif lo accept; ip saddr " + here + " tcp dport 5432 accept; ");
        StringBuilder out = new StringBuilder("oif lo accept; ip daddr " + here + " tcp sport 5432 accept; ");
        for (Host peer : reachedBy) {
            in.append("ip saddr ").append(peer.address()).append(" accept; ");
            out.append("ip daddr ").append(peer.address()).append(" accept; ");
        }
        String rules = """
                table inet cut {
                  chain input { type filter hook input priority 0; %s drop; }
                  chain output { type filter hook output priority 0; %s drop; }
                }
                """.formatted(in, out);
        host.write("/root/cut.nft", rules, "root:root", "0600");
        host.succeed("nft -f /root/cut.nft");
        return () -> host.run("nft delete table inet cut");
    }

    private static Fault dropped(Host host, String match) {
        return dropped(host, "input", match);
    }

    private static Fault dropped(Host host, String way, String match) {
        String table = "fault" + Integer.toHexString(match.hashCode());
        String rules = """
                table inet %s {
                  chain %s {
                    type filter hook %s priority 0
                    %s drop
                  }
                }
                """.formatted(table, way, way, match);
        host.write("/root/fault.nft", rules, "root:root", "0600");
        host.succeed("nft -f /root/fault.nft");
        return () -> host.run("nft delete table inet \"$1\"", table);
    }

    /// The server becomes a standby of nobody, of a database cluster of its own. Only [HostsBed#reset()]
    /// mends that.
    public static void stranger(Host host) {
        host.succeed("systemctl stop \"$1\" && rm -rf \"$2\"", BedNode.UNIT, BedNode.DATA);
        host.succeed(Scripts.script("primary"));
        host.succeed(Scripts.script("start"));
        host.succeed(Scripts.script("roles"));
        host.succeed(
                "runuser -u postgres -- touch \"$2/standby.signal\" && systemctl restart \"$1\"",
                BedNode.UNIT,
                BedNode.DATA);
    }
}
