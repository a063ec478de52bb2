package io.heliosctl.step;

/// What a promotion may do without when the old primary is lost.
///
/// @param loseUpTo how many bytes of its WAL the new primary may lack
/// @param attested that a person has said that the old primary is powered off
public record Concession(long loseUpTo, boolean attested) {}
