package io.heliosctl.run;

import io.heliosctl.model.Bytes;
import io.heliosctl.runbook.Runbook;
import java.nio.file.Path;

/// The files that a plan is made of.
///
/// @param runbook the name of a built-in runbook, or the absolute path of another one
/// @param runbookSha256 of its text
/// @param inventorySha256 of everything in the inventory that counts for the cluster
public record SavedFiles(String runbook, String runbookSha256, String inventorySha256) {

    /// Those of a runbook and an inventory.
    public static SavedFiles of(Runbook runbook, String inventorySha256) {
        var path = runbook.origin().equals("built in")
                ? runbook.name()
                : Path.of(runbook.origin()).toAbsolutePath().normalize().toString();
        return new SavedFiles(path, Bytes.of(runbook.text()).sha256(), inventorySha256);
    }
}
