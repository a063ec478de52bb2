package io.heliosctl.remote;

/// A file's next content, written, synced and proved on the host beside the file, and not yet in its place.
///
/// @param path the file as it was named
/// @param target the file itself, behind a symbolic link
/// @param temporary where the content waits
/// @param as the OS user that the file operations run as
/// @param sha256 of the content
public record Staged(String path, String target, String temporary, String as, String sha256) {}
