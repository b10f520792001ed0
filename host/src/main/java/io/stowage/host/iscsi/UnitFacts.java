package io.stowage.host.iscsi;

/**
 * What a unit said of itself.
 *
 * @param size bytes
 * @param zeroBlocks most blocks of one WRITE SAME
 * @param zeroed whether blocks that it doesn't store read as zeroes (LBPRZ)
 * @param unmapsZeroes whether WRITE SAME may give up the blocks, which read as zeros then (LBPWS, LBPRZ)
 */
record UnitFacts(long size, long zeroBlocks, boolean zeroed, boolean unmapsZeroes) {}
