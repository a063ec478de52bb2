package io.heliosctl.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What was seen of one server at one moment. Unreachable is never "down": it only says that we do not know.
public sealed interface NodeState {

    /// Accepts writes.
    record Primary(Identity identity, Lsn written, List<Sender> senders, List<Slot> slots, Facts facts)
            implements Running {
        public Primary {
            senders = List.copyOf(senders);
            slots = List.copyOf(slots);
        }

        @Override
        public Lsn position() {
            return written;
        }
    }

    /// In recovery, read-only.
    ///
    /// @param received the last position received and flushed, or replayed from the archive, whichever is
    ///     later
    /// @param upstream where its walreceiver is connected; absent if it has none
    record Standby(
            Identity identity,
            Lsn received,
            Lsn replayed,
            Optional<Receiver> upstream,
            ReplayPause replayPause,
            Duration applyDelay,
            List<Sender> senders,
            List<Slot> slots,
            Facts facts)
            implements Running {
        public Standby {
            senders = List.copyOf(senders);
            slots = List.copyOf(slots);
        }

        public boolean isStreaming() {
            return upstream.map(receiver -> receiver.status().equals("streaming"))
                    .orElse(false);
        }

        @Override
        public Lsn position() {
            return received;
        }
    }

    /// The host answers and PostgreSQL does not run there.
    record Stopped(ControlData control) implements NodeState {}

    /// Nothing is known, but perhaps that its host answers.
    ///
    /// @param hangs its host answers and says that PostgreSQL runs there, which does not answer
    record Unreachable(String reason, boolean hangs) implements NodeState {

        /// One whose host does not answer either.
        public Unreachable(String reason) {
            this(reason, false);
        }
    }

    /// A server that answers SQL.
    sealed interface Running extends NodeState {
        Identity identity();

        /// The last position written (primary) or received (standby).
        Lsn position();

        List<Sender> senders();

        List<Slot> slots();

        Facts facts();
    }

    /// Who a server is. Checked again right before every step that could destroy something.
    record Identity(SystemId systemId, Timeline timeline, ServerVersion version, String dataDirectory, int port) {}

    /// A row of `pg_stat_replication`.
    ///
    /// @param replayed absent where the standby has not reported it yet
    record Sender(
            String applicationName, Optional<String> address, String state, String syncState, Optional<Lsn> replayed) {}

    /// The row of `pg_stat_wal_receiver`.
    ///
    /// @param timeline of the WAL received (`received_tli`)
    record Receiver(String status, String host, int port, Optional<Timeline> timeline, Optional<String> slot) {}

    /// A row of `pg_replication_slots`.
    record Slot(String name, boolean logical, boolean active, Optional<Lsn> restart) {}

    /// Whether replay is paused (`pg_get_wal_replay_pause_state`).
    enum ReplayPause {
        NOT_PAUSED,
        PAUSE_REQUESTED,
        PAUSED
    }

    /// What else a preflight wants to know of a running server.
    ///
    /// @param settings from `pg_settings`, by name; only those that heliosctl reads
    /// @param archiveFailing the last archiving attempt failed (`pg_stat_archiver`)
    /// @param archiveReady segments waiting to be archived
    /// @param oldTransactions transactions older than a second, oldest first
    /// @param preparedTransactions names of prepared transactions
    /// @param replayLag time since the last replayed commit, where the primary could tell
    record Facts(
            Map<String, String> settings,
            boolean archiveFailing,
            int archiveReady,
            List<OldTransaction> oldTransactions,
            List<String> preparedTransactions,
            Optional<Duration> replayLag) {
        public Facts {
            settings = Map.copyOf(settings);
            oldTransactions = List.copyOf(oldTransactions);
            preparedTransactions = List.copyOf(preparedTransactions);
        }

        public String setting(String name) {
            return settings.getOrDefault(name, "");
        }
    }

    /// A transaction that PAUSE would have to wait for.
    record OldTransaction(int pid, String user, String database, Duration age, String query) {}
}
