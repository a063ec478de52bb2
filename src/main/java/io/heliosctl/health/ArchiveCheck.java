package io.heliosctl.health;

/// That WAL is archived where it should be.
final class ArchiveCheck implements HealthCheck {

    @Override
    public CheckResult of(CheckSubject subject) {
        var result = subject.result("archive");
        var primary = subject.primaryState();
        if (primary.isEmpty()) {
            return result.unknown("there is not one primary to ask");
        }
        var facts = primary.get().facts();
        if (facts.setting("archive_mode").equals("off")) {
            return result.build("archiving is off");
        }
        if (facts.archiveFailing()) {
            result.wrong(ServiceState.WARNING, "the last attempt to archive failed");
        }
        return result.measure(
                        Metric.ARCHIVE_READY,
                        "",
                        facts.archiveReady(),
                        facts.archiveReady() + " segments wait to be archived")
                .build("WAL is archived");
    }
}
