package io.heliosctl.run;

import io.heliosctl.model.Bytes;

/// The files that a plan is made of.
///
/// @param runbook what finds the runbook again from anywhere: its name, or an absolute path
/// @param runbookSha256 of its text
/// @param inventorySha256 of everything in the inventory that counts for the cluster
public record SavedFiles(String runbook, String runbookSha256, String inventorySha256) {

    /// Those of a runbook's text and an inventory.
    public static SavedFiles of(String reference, String text, String inventorySha256) {
        return new SavedFiles(reference, Bytes.of(text).sha256(), inventorySha256);
    }
}
