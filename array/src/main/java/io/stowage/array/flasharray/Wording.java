package io.stowage.array.flasharray;

/**
 * The array's messages. Those marked "known" were seen on real arrays or are relied upon by shipping clients (LXD,
 * Cinder, Ansible, CloudStack, Proxmox plugins); the others follow their style.
 */
final class Wording {
    // known
    static final String INVALID_SESSION = "Invalid session.";
    static final String NO_ATTRIBUTE = "No attribute specified.";
    static final String INVALID_COMBINATION = "Invalid combination of parameters specified.";
    static final String ERADICATION_DISABLED = "Eradication is disabled.";

    static final String POD_MISSING = "Pod does not exist.";
    static final String POD_EXISTS = "Pod already exists.";

    static final String VOLUME_MISSING = "Volume does not exist.";
    static final String VOLUME_EXISTS = "Volume already exists.";
    static final String VOLUME_DESTROYED = "Volume has been destroyed.";
    static final String NO_VOLUME_OR_SNAPSHOT = "No such volume or snapshot.";
    static final String SNAPSHOT_DESTROYED = "Volume snapshot has been destroyed."
            + " It can be recovered by purevol recover and eradicated by purevol eradicate.";

    static final String HOST_MISSING = "Host does not exist.";
    static final String HOST_EXISTS = "Host already exists.";
    static final String HOST_CONNECTED = "Host cannot be deleted due to existing connections.";
    static final String CONNECTION_MISSING = "Connection does not exist.";
    static final String CONNECTION_EXISTS = "Connection already exists.";

    static final String VOLUME_NAME = "Volume name must be between 1 and 63 characters (alphanumeric, '_' and '-')"
            + " in length and begin and end with a letter or number.";

    // in their style
    static final String BAD_TOKEN = "Invalid credentials.";
    static final String NOT_FOUND = "Not found.";
    static final String BAD_URL = "Invalid URL encoding.";
    static final String METHOD_NOT_ALLOWED = "Method not allowed.";
    static final String INTERNAL = "Internal error.";
    static final String UNAVAILABLE = "Service unavailable.";
    static final String BODY_TOO_LARGE = "Request body is too large.";
    static final String MALFORMED_BODY = "Request body is not valid JSON.";
    static final String NAMES_OR_IDS = "Names and ids cannot be used together.";
    static final String NAMES_REQUIRED = "Names or ids must be specified.";
    static final String POD_DESTROYED = "Pod has been destroyed.";
    static final String POD_LIVE = "Pod is not destroyed.";
    static final String POD_ERADICATION_DISABLED = "Cannot eradicate pod: eradication is disabled.";
    static final String VOLUME_LIVE = "Volume is not destroyed.";
    static final String SNAPSHOT_LIVE = "Volume snapshot is not destroyed.";
    static final String POD_NOT_DESTROYED = "Pod must be destroyed before it can be eradicated.";
    static final String POD_NOT_EMPTY = "Pod is not empty.";
    static final String POD_ERADICATION = "Cannot eradicate pod while it contains objects.";
    static final String POD_QUOTA = "Operation would exceed the quota limit of the pod.";
    static final String QUOTA_BELOW_USE = "Quota limit is below the space that is used by the pod.";
    static final String QUOTA_SIZE = "Quota limit must be a multiple of 512 between 1048576 and 4503599627370496.";
    static final String VOLUME_NOT_DESTROYED = "Volume must be destroyed before it can be eradicated.";
    static final String VOLUME_CONNECTED = "Volume cannot be destroyed due to existing connections.";
    static final String VOLUME_SIZE = "Volume size must be a multiple of 512 between 1048576 and 4503599627370496.";
    static final String VOLUME_DEMOTION = "Volume cannot be demoted because it is not replicated.";
    static final String PROTOCOL_ENDPOINTS = "Protocol endpoints are not supported by this array.";
    static final String VOLUME_SHRINK = "Volume cannot be shrunk without truncate.";
    static final String VOLUME_RENAME_POD = "Volume cannot be renamed into or out of a pod.";
    static final String OVERWRITE_SOURCE = "Source must be specified to overwrite a volume.";
    static final String DIFF_BLOCK = "Block size must be a power of two between 4096 and 1073741824.";
    static final String DIFF_ONE = "Exactly one volume or snapshot must be specified.";
    static final String SNAPSHOT_TARGET = "Target does not exist.";
    static final String SNAPSHOT_EXISTS = "Volume snapshot already exists.";
    static final String SNAPSHOT_NOT_DESTROYED = "Volume snapshot must be destroyed before it can be eradicated.";
    static final String ARRAY_MISSING = "Array does not exist.";
    static final String CONTROLLER_MISSING = "Controller does not exist.";
    static final String PORT_MISSING = "Port does not exist.";
    static final String INTERFACE_MISSING = "Network interface does not exist.";
    static final String HOST_GROUP_MISSING = "Host group does not exist.";
    static final String HOST_GROUP_EXISTS = "Host group already exists.";
    static final String HOST_GROUP_CONNECTED = "Host group cannot be deleted due to existing connections.";
    static final String HOST_GROUP_NOT_EMPTY = "Host group cannot be deleted while it contains hosts.";
    static final String HOST_IN_GROUP = "Host already belongs to a host group.";
    static final String HOST_IN_GROUP_DELETE = "Host cannot be deleted while it belongs to a host group.";
    static final String NOT_IN_HOST_GROUP = "Host does not belong to the host group.";
    static final String MIXED_INITIATORS = "Host cannot have NQNs together with IQNs or WWNs.";
    static final String INITIATOR_MISSING = "Initiator does not exist on the host.";
    static final String CHAP_PASSWORD = "CHAP password must be between 12 and 255 characters in length.";
    static final String CHAP_NVME_KEY = "CHAP password is not a valid DH-HMAC-CHAP key (DHHC-1:HH:BASE64:).";
    static final String CHAP_PAIR = "CHAP user and password must be specified together.";
    static final String CHAP_SAME_PASSWORD = "Host password and target password must be different.";
    static final String TAG_MISSING = "Tag does not exist.";
    static final String TAG_COUNT = "Between 1 and 30 tags must be specified.";
    static final String INITIATOR_IN_USE = "Initiator is already in use.";
    static final String LUN_IN_USE = "LUN is already in use on the host.";
    static final String LUN_OF_NVME = "LUN cannot be specified for an NVMe host.";
    static final String LUN_RANGE = "LUN must be between 1 and 4095.";
    static final String LUNS_EXHAUSTED = "Host has no free LUN: limit reached.";
    static final String OUT_OF_SPACE = "Array is out of space.";
    static final String VOLUME_GROUP_MISSING = "Volume group does not exist.";
    static final String VOLUME_GROUP_EXISTS = "Volume group already exists.";
    static final String VOLUME_GROUP_DESTROYED = "Volume group has been destroyed.";
    static final String VOLUME_GROUP_LIVE = "Volume group is not destroyed.";
    static final String VOLUME_GROUP_NOT_DESTROYED = "Volume group must be destroyed before it can be eradicated.";
    static final String VOLUME_GROUP_RENAME_POD = "Volume group cannot be renamed into or out of a pod.";
    static final String VOLUME_RENAME_GROUP = "Volume cannot be renamed into or out of a volume group.";
    static final String VOLUME_GROUP_NAME = "Volume group name must be between 1 and 63 characters (alphanumeric, '_'"
            + " and '-') in length and begin and end with a letter or number.";

    static final String ARRAY_NAME = "Array name must be between 1 and 56 characters (alphanumeric and '-') in length,"
            + " begin and end with a letter or number, and include at least one letter.";
    static final String PEER_MISSING = "Array connection does not exist.";
    static final String PEER_UNREACHABLE = "Unable to connect to the remote array.";
    static final String INTERFACE_FIXED = "Network interface cannot be changed while it serves this array.";
    static final String INTERFACE_ADDRESS = "Addresses of this array are set where it is started.";
    static final String SUBNET_MISSING = "Subnet does not exist.";
    static final String SUBNET_EXISTS = "Subnet already exists.";
    static final String SUBNET_IN_USE = "Subnet cannot be deleted while it has interfaces.";
    static final String SUBNET_LIMIT = "Array can have no more subnets: limit reached.";
    static final String SUBNET_OUTSIDE = "Address of the network interface is not in the subnet.";

    private Wording() {}

    static String missing(String kind) {
        return kind + " does not exist.";
    }

    static String missingAttribute(String name) {
        return "Attribute " + name + " must be specified.";
    }

    static String invalidParameter(String name) {
        return "Invalid value for parameter " + name + ".";
    }

    static String invalidAttribute(String name) {
        return "Invalid value for attribute " + name + ".";
    }

    /** The rule of all names but those of volumes. */
    static String nameRule(String kind) {
        return kind + " name must be between 1 and 63 characters (alphanumeric and '-') in length, begin and end with a"
                + " letter or number, and include at least one letter.";
    }
}
