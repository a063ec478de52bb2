package io.heliosctl.health;

import java.util.regex.Pattern;

/// That as many standbys confirm commits as the primary waits for. With fewer, commits hang.
final class SyncCheck implements HealthCheck {

    /// `synchronous_standby_names` (PostgreSQL manual, 20.6.2): the number of standbys, where it is written.
    private static final Pattern NUMBER =
            Pattern.compile("^\\s*(?:(?:ANY|FIRST)\\s*)?([0-9]+)\\s*\\(", Pattern.CASE_INSENSITIVE);

    @Override
    public CheckResult of(CheckSubject subject) {
        var result = subject.result("sync");
        var primary = subject.primaryState();
        if (primary.isEmpty()) {
            return result.unknown("there is not one primary to ask");
        }
        var names = primary.get().facts().setting("synchronous_standby_names");
        if (names.isBlank()) {
            return result.build("replication is asynchronous");
        }
        var matcher = NUMBER.matcher(names);
        var wanted = matcher.find() ? Integer.parseInt(matcher.group(1)) : 1;
        var there = primary.get().senders().stream()
                .filter(sender -> sender.state().equals("streaming"))
                .filter(sender ->
                        sender.syncState().equals("sync") || sender.syncState().equals("quorum"))
                .count();
        var sentence = "%d of the %d standbys that commits wait for confirm them".formatted(there, wanted);
        if (there < wanted) {
            result.wrong(ServiceState.CRITICAL, sentence);
        }
        return result.build("replication is synchronous");
    }
}
