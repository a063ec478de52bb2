package io.heliosctl.pgbouncer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/// `/proc/net/tcp` and `/proc/net/tcp6` in the form of a host with two PgBouncer processes on port 6432.
class ListeningSocketsTest {

    private static final String TABLES = """
              sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
               0: 00000000:1920 00000000:0000 0A 00000000:00000000 00:00000000 00000000   101        0 8821 1 0000 100 0 0 10 0
               1: 00000000:1920 00000000:0000 0A 00000000:00000000 00:00000000 00000000   101        0 8822 1 0000 100 0 0 10 0
               2: 0100007F:1538 00000000:0000 0A 00000000:00000000 00:00000000 00000000   101        0 8801 1 0000 100 0 0 10 0
               3: 0100007F:1920 0100007F:C350 01 00000000:00000000 00:00000000 00000000   101        0 8901 1 0000 100 0 0 10 0
              sl  local_address                         remote_address                        st tx_queue rx_queue
               0: 00000000000000000000000000000000:1920 00000000000000000000000000000000:0000 0A 00000000:00000000 00:0
               1: 00000000000000000000000000000000:1920 00000000000000000000000000000000:0000 0A 00000000:00000000 00:0
            """;

    @Test
    void eachProcessCountsOnceHoweverManyAddressesItHas() {
        assertEquals(2, ListeningSockets.count(TABLES, 6432));
    }

    @Test
    void connectionsAreNotCounted() {
        assertEquals(1, ListeningSockets.count(TABLES, 5432));
    }

    @Test
    void aPortNobodyListensOnHasNone() {
        assertEquals(0, ListeningSockets.count(TABLES, 6433));
    }
}
