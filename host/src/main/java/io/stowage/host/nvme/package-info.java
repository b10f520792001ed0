/**
 * Our own NVMe/TCP host: what {@link io.stowage.host.remote} needs of the protocol. Begin with {@link
 * io.stowage.host.nvme.NvmeHost}. There is one controller at a time for each subsystem, through the best portal.
 *
 * <h2>No replay into the past</h2>
 * A write of a dead connection may still lie in a socket's buffer or be at work in the array. Were it sent again, and
 * something newer after it, the first copy could be carried out last. Fabrics have nothing like iSCSI's reinstatement of a
 * session: a new controller says nothing about an old one. So the last controller is noted in a file before its first
 * command ({@link io.stowage.host.nvme.ControllerFile}), and no I/O queue of a new one is connected before the last one
 * has provably ended. These are proofs:
 *
 * <ol>
 *   <li>It was reset: we cleared CC.EN through its live admin queue, and it answered that RDY is clear. All its I/O queues
 *       and what was in them are gone then (Base 2.0, section 3.7.2). That is how every controller ends whose admin queue
 *       still works, also when its I/O queues have died, and when this process ends in good order.
 *   <li>The new controller has the same identifier: no two live controllers of a subsystem have (Base 2.0, section 3.1).
 *   <li>The subsystem's list of controllers (Identify, CNS 13h), asked through the new controller, has the new one but not
 *       the old one. That is how a process that was killed is succeeded without a pause, and an array that was.
 *   <li>It has had to end by itself, as it heard nothing: keep-alive time twice, or three times where any command counts
 *       as a sign of life (Base 2.1, section 9.6), and a second for what was on its way. The time begins when our sockets
 *       were closed with everything in them thrown away (SO_LINGER 0), or, after the death of a process, when its
 *       successor has started: later than its last command in any case. The time noted in the file is the old
 *       controller's own, whatever is asked for now.
 * </ol>
 *
 * <h2>Zeroes</h2>
 * Discards are Write Zeroes, with the permission to give blocks up where they read as zeros then. Dataset Management is
 * only a hint, which may leave what was there.
 *
 * <h2>Threads</h2>
 * Each queue has a reader of the session; the watch sends keep-alives, as the keeper may be busy repeating writes.
 */
@NullMarked
package io.stowage.host.nvme;

import org.jspecify.annotations.NullMarked;
