package io.heliosctl.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PrivilegeTest {

    @Test
    void sudoersAllowsTheseWordsAndNoWildcard() {
        Privilege privilege =
                new Privilege("postgres", List.of("/usr/bin/test", "!", "-e", "/srv/pg [a-z]*/x,y:z=1#2"));

        assertEquals("/usr/bin/test \\! -e /srv/pg\\ \\[a-z\\]\\*/x\\,y\\:z\\=1\\#2", privilege.inSudoers());
    }

    /// The digits of a segment's name, each in its place, and nothing that could lead out of the directory.
    @Test
    void ofAPathOnlyTheNameVaries() {
        Privilege privilege = new Privilege("postgres", List.of("/usr/bin/cat", "/srv/15:A/pg_wal/0F3")).varying(1);

        assertEquals("/usr/bin/cat /srv/15\\:A/pg_wal/[0-9A-F][0-9A-F][0-9A-F]", privilege.inSudoers());
    }

    @Test
    void replacingAFileTakesTheseCommandsAndNoOthers() {
        assertEquals(
                """
                /usr/bin/chmod --reference\\=/etc/pgbouncer/pgbouncer.ini /etc/pgbouncer/.pgbouncer.ini.heliosctl
                /usr/bin/chown --reference\\=/etc/pgbouncer/pgbouncer.ini /etc/pgbouncer/.pgbouncer.ini.heliosctl
                /usr/bin/install -T -m 0600 /dev/null /etc/pgbouncer/.pgbouncer.ini.heliosctl
                /usr/bin/mv -fT /etc/pgbouncer/.pgbouncer.ini.heliosctl /etc/pgbouncer/pgbouncer.ini
                /usr/bin/readlink -f /etc/pgbouncer/pgbouncer.ini
                /usr/bin/rm -f /etc/pgbouncer/.pgbouncer.ini.heliosctl
                /usr/bin/sha256sum /etc/pgbouncer/.pgbouncer.ini.heliosctl
                /usr/bin/sha256sum /etc/pgbouncer/pgbouncer.ini
                /usr/bin/sync /etc/pgbouncer
                /usr/bin/sync /etc/pgbouncer/.pgbouncer.ini.heliosctl
                /usr/bin/tee /etc/pgbouncer/.pgbouncer.ini.heliosctl
                /usr/bin/test -e /etc/pgbouncer/pgbouncer.ini
                /usr/bin/test \\! -L /etc/pgbouncer/pgbouncer.ini
                /usr/bin/test \\! -e /etc/pgbouncer/.pgbouncer.ini.heliosctl
                /usr/bin/test \\! -e /etc/pgbouncer/pgbouncer.ini""",
                RemoteFiles.toReplace("/etc/pgbouncer/pgbouncer.ini", "postgres").stream()
                        .map(Privilege::inSudoers)
                        .sorted()
                        .collect(Collectors.joining("\n")));
    }
}
