package io.stowage.host.iscsi;

import io.stowage.iscsi.login.SessionParameters;
import io.stowage.iscsi.stream.PduReader;
import io.stowage.iscsi.stream.PduWriter;
import io.stowage.model.Portal;
import java.nio.channels.SocketChannel;

/**
 * What a login leaves behind.
 *
 * @param cmdSn number of the first command
 * @param maxCmdSn the last number that the target accepts at first
 */
record LoggedIn(
        Portal portal,
        SocketChannel channel,
        PduReader reader,
        PduWriter writer,
        SessionParameters parameters,
        int cmdSn,
        int expStatSn,
        int maxCmdSn) {}
