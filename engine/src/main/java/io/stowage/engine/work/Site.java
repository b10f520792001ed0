package io.stowage.engine.work;

import io.stowage.database.Database;
import io.stowage.database.MemberRow;
import io.stowage.engine.MoveListener;
import io.stowage.engine.host.Layout;
import io.stowage.engine.host.Links;
import io.stowage.engine.host.VolumeBlocks;
import io.stowage.engine.host.VolumeFiles;
import io.stowage.engine.pool.OpenPools;
import io.stowage.engine.pool.PoolConfigs;
import java.time.Clock;

/** Everything that work is done with, on this member. */
public record Site(
        Database database,
        MemberRow me,
        OpenPools pools,
        PoolConfigs poolConfigs,
        Links links,
        VolumeFiles files,
        VolumeBlocks blocks,
        Layout layout,
        Recovery recovery,
        Clock clock,
        MoveListener moves) {}
