package io.heliosctl.pgbouncer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliosctl.model.PgbouncerSettings.Instance;
import io.heliosctl.remote.Privilege;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PrivilegesTest {

    private static final Instance SERVICE =
            new Instance("/run/b1", Optional.of("pgbouncer@1"), Optional.of("/run/b1/pid"), "/etc/pgbouncer/1.ini");
    private static final Instance PROCESS =
            new Instance("/run/b1", Optional.empty(), Optional.of("/run/b1/pid"), "/etc/pgbouncer/1.ini");

    @Test
    void aServiceIsReloadedAsRoot() {
        assertEquals(
                List.of(new Privilege("root", List.of("/usr/bin/systemctl", "reload", "pgbouncer@1"))),
                Reload.privileges("heliosctl", "postgres", SERVICE));
    }

    @Test
    void aProcessIsSignalledAsItsUserAndOnlyIfItIsAPgbouncer() {
        assertEquals(
                List.of(new Privilege(
                        "postgres", List.of("/usr/bin/pkill", "-HUP", "-x", "-F", "/run/b1/pid", "pgbouncer"))),
                Reload.privileges("heliosctl", "postgres", PROCESS));
    }

    @Test
    void theProcessesOwnUserNeedsNoSudo() {
        assertEquals(List.of(), Reload.privileges("postgres", "postgres", PROCESS));
    }
}
