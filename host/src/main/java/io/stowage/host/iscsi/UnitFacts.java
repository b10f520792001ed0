package io.stowage.host.iscsi;

/**
 * What a unit said of itself.
 *
 * @param size bytes
 * @param zeroed unmapped blocks read as zeros (LBPRZ)
 * @param unmapBlocks most blocks of one UNMAP, 0 if it can't be used
 * @param zeroBlocks most blocks of one WRITE SAME
 * @param unmapsZeroes whether WRITE SAME may give up the blocks
 */
record UnitFacts(long size, boolean zeroed, long unmapBlocks, long zeroBlocks, boolean unmapsZeroes) {}
