package io.stowage.driver;

import io.stowage.model.ArrayName;
import io.stowage.model.ByteSize;
import io.stowage.model.Protocol;
import java.util.List;
import java.util.Optional;

/**
 * The primitives of an array, for one pool on it. Every call may be repeated: what exists already, or is gone already, is an
 * outcome and no error. Sizes are rounded to what the array can have. Objects that the array keeps for a while after their
 * deletion are gone.
 *
 * <p>Every call throws {@link ArrayException}: {@link ArrayRefused} and its kinds when the array says no,
 * {@link ArrayUnreachable} when it can't be heard. After {@code ArrayUnreachable} the call may or may not have had its
 * effect: repeat it, or look. Calls block; safe for many threads.
 *
 * <p>What is made takes its recovery record along where that costs the array no request more. Where it doesn't, the call
 * says so, and the record is still to be written with {@link #writeRecord} or {@link #writePoolRecord}.
 */
public interface StorageArray extends AutoCloseable {
    /**
     * Makes sure that something answers at the array's address, and asks it nothing.
     *
     * @throws ArrayUnreachable if nothing does
     */
    void reach();

    /** Opens a session unless there is one: proves address, trust and credentials, and asks nothing else. */
    void enter();

    /** Asks the array who it is: proves address, trust and credentials. */
    ArrayFacts facts();

    /**
     * Where the array serves data by this protocol, as it says itself; asked anew each time.
     *
     * @return empty if no port is ready for it
     */
    Optional<ArrayTarget> target(Protocol protocol);

    /**
     * Makes the pool, empty and without protections that would keep what is deleted.
     *
     * @param quota the most its volumes may be given together; nothing for no limit
     * @param owner says whose the pool is, to tell a repeated call from a name taken by others: the pool's UUID
     * @return whether the array has the record now
     * @throws ObjectExists if a pool of this name exists that is not the owner's
     * @throws ArrayLacks if the array can't have a quota
     */
    boolean createPool(Optional<ByteSize> quota, String owner, RecoveryRecord recovery);

    /** Whether the pool exists on the array. */
    boolean poolExists();

    /**
     * Sets or lifts the quota.
     *
     * @throws ObjectMissing if there is no such pool
     * @throws ArrayLacks if the array can't have a quota
     */
    void setQuota(Optional<ByteSize> quota);

    /**
     * Deletes the pool with all that is in it, and what a creation that was cut short has left.
     *
     * @param owner as given to {@link #createPool}
     * @throws ArrayRefused if the pool of this name is not the owner's
     */
    void deletePool(String owner);

    /** @throws ObjectMissing if there is no such pool */
    PoolSpace space();

    /**
     * Makes a volume, reading as zeros, as large as {@link Capabilities#round} says.
     *
     * @return whether the array has the record now
     * @throws ObjectExists if there is one of this name with another size
     * @throws ArrayFull if it doesn't fit
     */
    boolean createVolume(ArrayName name, ByteSize size, RecoveryRecord recovery);

    Optional<ArrayVolume> findVolume(ArrayName name);

    /** All volumes of the pool whose names are of our form, temporary ones included. */
    List<ArrayVolume> volumes();

    /**
     * Gives a volume another size, as {@link Capabilities#round} says.
     *
     * @param shrink whether it may be made smaller, which cuts data off
     * @throws ObjectMissing if there is no such volume
     * @throws ArrayRefused if it would have to be made smaller and may not
     */
    void resizeVolume(ArrayName name, ByteSize size, boolean shrink);

    /**
     * Deletes a volume with its snapshots. Connections that it still has are removed first: the caller has made sure that
     * nothing uses it.
     */
    void deleteVolume(ArrayName name);

    /**
     * Makes a volume with the content and size of another volume or of a snapshot, without moving data through here. The
     * source may be of another pool of this array: {@link ForeignRef}.
     * An existing target takes over content and size and stays the same volume; where volumes don't shrink it keeps its
     * size if that is larger. Nothing is connected to the target.
     *
     * @param recovery the target's
     * @return whether the array has the record now
     * @throws ObjectMissing if there is no such source
     * @throws ArrayFull if it doesn't fit
     */
    boolean copy(ArrayObject source, ArrayName target, RecoveryRecord recovery, Progress progress);

    /**
     * The same into a target that is known to exist.
     *
     * @throws ObjectMissing if there is no such source
     */
    void overwrite(ArrayObject source, ArrayName target, Progress progress);

    /**
     * Where an object may differ from another of this array, or, without another, may have data. Either may be a
     * {@link ForeignRef}.
     *
     * @param from the first byte that is asked for
     * @return empty if this array can't tell
     * @throws ObjectMissing if one of them is missing
     */
    Optional<Differences> differences(ArrayObject object, Optional<ArrayObject> base, long from);

    /**
     * Gives a volume the content and size that it had in its snapshot; where volumes don't shrink it keeps its size if that
     * is larger. Newer snapshots stay.
     */
    void restore(SnapshotRef snapshot, Progress progress);

    /**
     * Makes a snapshot.
     *
     * @return whether the array has the record now
     * @throws ObjectMissing if there is no such volume
     */
    boolean createSnapshot(SnapshotRef snapshot, RecoveryRecord recovery);

    Optional<ArraySnapshot> findSnapshot(SnapshotRef snapshot);

    /** The snapshots of a volume whose names are of our form, oldest first; none if the volume is missing. */
    List<ArraySnapshot> snapshots(ArrayName volume);

    /** Deletes a snapshot, with the temporary volume of it that may have been left. */
    void deleteSnapshot(SnapshotRef snapshot);

    /**
     * Makes at once a temporary volume that a snapshot is read through, which may be written to without the snapshot
     * changing.
     *
     * @param name of the form of a snapshot's name
     * @throws ObjectExists if there is one already
     * @throws ObjectMissing if there is no such snapshot
     */
    void createTemporary(SnapshotRef snapshot, ArrayName name);

    /** The same with the snapshot's own name. */
    default void createTemporary(SnapshotRef snapshot) {
        createTemporary(snapshot, snapshot.name());
    }

    /**
     * Makes a volume visible to a host. The host object is the one that has the initiator's name, whatever it is called;
     * without one it is created. The mapping has no target where that had to be asked for.
     */
    Mapping map(Initiator initiator, ArrayName volume);

    /**
     * Hides a volume from a host; the last one takes the host object along. The host has let go of the device before.
     */
    void unmap(Initiator initiator, ArrayName volume);

    /** What the host sees of this pool; nothing if it has no host object. */
    List<Mapping> mappings(Initiator initiator);

    /** Writes what is known about an object beside it on the array; replaces what was written before. */
    void writeRecord(ArrayObject object, RecoveryRecord recovery);

    /** What was written about the objects of this pool; objects without a readable record are left out. */
    List<WrittenRecord> records();

    /** Writes what is known about the pool itself. */
    void writePoolRecord(RecoveryRecord recovery);

    Optional<RecoveryRecord> poolRecord();

    /** What was asked of the array so far; it is asked nothing. */
    ArrayTraffic traffic();

    /**
     * Ends the session with the array, once calls under way have come to their end. A call after it begins a new session;
     * it is for the caller to close again.
     */
    @Override
    void close();
}
