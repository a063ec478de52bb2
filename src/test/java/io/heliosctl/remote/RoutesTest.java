package io.heliosctl.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.heliosctl.model.ProblemException;
import io.heliosctl.model.SshSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How a host is reached: the inventory, then `~/.ssh/config`, then OpenSSH's defaults.
class RoutesTest {

    @TempDir
    private Path directory;

    private SshHome home;

    @BeforeEach
    void home() {
        home = new SshHome(directory);
    }

    @Test
    void withoutAnyWordAHostIsReachedAsOpenSshWould() {
        Hop hop = route("pgdb1", unset());

        assertEquals("operator@pgdb1", hop.toString());
        assertEquals(List.of(home.path("known_hosts")), hop.knownHosts());
        assertEquals(List.of(), hop.identities().keys());
        assertEquals(Optional.empty(), hop.via());
    }

    @Test
    void theConfigurationFillsWhatTheInventoryLeavesOpen() {
        home.write("first");
        home.write("second key.pub");
        home.write(
                "config",
                "# a comment",
                "Host pgdb*  !pgdb9",
                "  HostName = %h.example.net",
                "  User deploy",
                "  Port 2222",
                "  IdentityFile ~/.ssh/first # trailing",
                "  IdentityFile \"%d/.ssh/second key\"",
                "  IdentityFile ~/.ssh/missing",
                "  CertificateFile ~/.ssh/cert.pub",
                "  IdentitiesOnly yes",
                "  UserKnownHostsFile ~/.ssh/a ~/.ssh/b",
                "Host *",
                "  User nobody",
                "  ForwardAgent yes");
        Hop hop = route("pgdb1", unset());

        assertEquals("deploy@pgdb1.example.net:2222", hop.toString());
        assertEquals(
                List.of(home.path("first"), home.path("second key")),
                hop.identities().keys());
        assertEquals(List.of(home.path("cert.pub")), hop.identities().certificates());
        assertEquals(true, hop.identities().only());
        assertEquals(List.of(home.path("a"), home.path("b")), hop.knownHosts());
        assertEquals("nobody@pgdb9", route("pgdb9", unset()).toString());
    }

    @Test
    void theInventoryWins() {
        home.write(
                "config",
                "User deploy",
                "Port 2222",
                "IdentityFile ~/.ssh/first",
                "UserKnownHostsFile ~/.ssh/a",
                "ProxyJump elsewhere");
        SshSettings settings = new SshSettings(
                Optional.of("heliosctl"),
                Optional.of(22),
                Optional.of(Path.of("~/.ssh/key")),
                Path.of("~/.ssh/known"),
                Optional.of("none"),
                Optional.of(home.path("config")),
                Duration.ofSeconds(5));
        Hop hop = route("pgdb1", settings);

        assertEquals("heliosctl@pgdb1", hop.toString());
        assertEquals(List.of(home.path("key")), hop.identities().keys());
        assertEquals(List.of(home.path("known")), hop.knownHosts());
        assertEquals(Optional.empty(), hop.via());
    }

    @Test
    void anIncludeStandsForItsLinesUnderTheHostItIsIn() {
        home.write("extra.conf", "User included", "Host other", "  Port 99");
        home.write("config", "Host pgdb1", "  Include extra*.conf", "Host *", "  Port 2222");

        assertEquals("included@pgdb1:2222", route("pgdb1", unset()).toString());
        assertEquals("operator@other:2222", route("other", unset()).toString());
    }

    @Test
    void aJumpHostHasSettingsOfItsOwn() {
        home.write("config", "Host bastion", "  HostName gate.example.net", "  Port 2200");

        Hop hop = route("pgdb1", SshHome.withJump(unset(), "ops@first,bastion"));
        Hop bastion = hop.via().orElseThrow();

        assertEquals("operator@gate.example.net:2200", bastion.toString());
        assertEquals("ops@first", bastion.via().orElseThrow().toString());
        // Three hops, each dialled twice if need be.
        assertEquals(Duration.ofSeconds(75), hop.patience());
    }

    @Test
    void aJumpHostOfTheConfigurationMayNeedOneItself() {
        home.write("config", "Host pgdb1", "  ProxyJump inner", "Host inner", "  ProxyJump [::1]:2022");

        Hop inner = route("pgdb1", unset()).via().orElseThrow();

        assertEquals("operator@inner", inner.toString());
        assertEquals("operator@::1:2022", inner.via().orElseThrow().toString());
    }

    @Test
    void jumpHostsInACircleAreRefused() {
        home.write("config", "Host a", "  ProxyJump b", "Host b", "  ProxyJump a");

        assertRefused("more than 8 jump hosts: a", "a");
    }

    @Test
    void whatCannotBeHonouredIsRefusedForTheHostsItIsFor() {
        home.write("config", "Host far", "  ProxyCommand nc %h %p", "Host near", "  ProxyCommand none");

        assertRefused("far: the SSH configuration says ProxyCommand", "far");
        assertEquals("operator@near", route("near", unset()).toString());
        assertEquals("operator@any", route("any", unset()).toString());

        home.write("config", "Match exec \"test -f /x\"", "  ProxyJump elsewhere");
        assertRefused("any: the SSH configuration says Match exec test -f /x", "any");
    }

    @Test
    void aProxyCommandAfterAProxyJumpDoesNotCount() {
        home.write("config", "ProxyJump bastion", "Host far", "  ProxyCommand nc %h %p", "Host bastion", "  User x");

        assertEquals(
                "more than 8 jump hosts: bastion",
                assertThrows(ProblemException.class, () -> route("far", unset()))
                        .getMessage());
    }

    @Test
    void aConfigurationThatOthersMayWriteIsNotBelieved() throws IOException {
        Path config = home.write("config", "ProxyJump mallory");
        Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-rw-rw-"));

        assertRefused("the SSH configuration " + config + " is writable by others", "pgdb1");
    }

    @Test
    void theAgentMayBeAnotherOneOrNone() {
        home.write("config", "Host own", "  IdentityAgent ~/agent", "Host none", "  IdentityAgent none");
        Surroundings here = home.surroundings(Path.of("/run/agent"));

        assertEquals(Optional.of(directory.resolve("agent")), agent(here, "own"));
        assertEquals(Optional.empty(), agent(here, "none"));
        assertEquals(Optional.of(Path.of("/run/agent")), agent(here, "any"));
    }

    private Optional<Path> agent(Surroundings here, String host) {
        return new Routes(here).to(host, unset()).identities().agent();
    }

    private void assertRefused(String message, String host) {
        ProblemException refused = assertThrows(ProblemException.class, () -> route(host, unset()));
        assertEquals(message, refused.getMessage());
    }

    private Hop route(String host, SshSettings settings) {
        return new Routes(home.surroundings()).to(host, settings);
    }

    private SshSettings unset() {
        SshSettings settings = home.settings(Optional.empty());
        return new SshSettings(
                Optional.empty(),
                Optional.empty(),
                settings.key(),
                settings.knownHosts(),
                settings.jump(),
                settings.config(),
                settings.connectTimeout());
    }
}
