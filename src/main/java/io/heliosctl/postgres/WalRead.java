package io.heliosctl.postgres;

import io.heliosctl.model.Lsn;
import java.nio.ByteOrder;

/// How far a server's WAL was read, and what it takes to read on from there.
///
/// @param first where the first record begins; what lies before it in its segment was not proved
/// @param end where the last valid record ends, as replay counts it
/// @param last where that record begins, which the next one has to name; negative if there is none
/// @param magic number of the pages, which stands for the format
public record WalRead(Lsn first, Lsn end, long last, int pageSize, int magic, ByteOrder order) {}
