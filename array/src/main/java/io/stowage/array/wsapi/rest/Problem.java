package io.stowage.array.wsapi.rest;

/**
 * What the array says against requests (section 14): the number is the contract, the text is for people, except where
 * clients compare it (Cinder and the Python client do for hosts). Numbers above 1000 are our own, for errors whose
 * number isn't public.
 */
public enum Problem {
    INT_SERV_ERR(1, 500, "internal server error"),
    INPUT_TOO_LONG(4, 413, "the request body is too long"),
    INV_USER_PASS(5, 403, "invalid username or password"),
    INV_SESS_KEY(6, 403, "invalid session key"),
    UNSUP_HTTP(8, 505, "the version of HTTP is not supported"),
    UNSUP_OP(9, 501, "unsupported operation"),
    URI_RES_NOT_FOUND(11, 404, "URI resource not found"),
    INV_INPUT(12, 400, "invalid input: one or more fields are not valid"),
    PERM_DENIED(13, 403, "permission denied"),
    EXISTENT_CPG(14, 409, "CPG already exists"),
    NON_EXISTENT_CPG(15, 404, "CPG does not exist"),
    EXISTENT_HOST(16, 409, "host already exists"),
    NON_EXISTENT_HOST(17, 404, "host does not exist"),
    EXISTENT_LUN(18, 409, "LUN already exists"),
    NON_EXISTENT_VLUN(19, 404, "VLUN does not exist"),
    NON_EXISTENT_PORT(20, 404, "port does not exist"),
    BAD_PORT_TYPE(21, 400, "the port has the wrong type"),
    EXISTENT_VOL(22, 409, "volume already exists"),
    NON_EXISTENT_VOL(23, 404, "volume does not exist"),
    NO_SPACE(24, 400, "not enough space"),
    HAS_RO_CHILD(25, 409, "volume has a read-only child"),
    EXPORTED_VLUN(26, 409, "has exported VLUN"),
    RETAINED(27, 409, "volume is retained"),
    TOO_LARGE(28, 400, "invalid input: the value is too large"),
    OTHER(29, 400, "the operation could not be carried out"),
    SVC_UNAVAIL(31, 503, "service is unavailable"),
    HAS_CHILD(32, 409, "volume has a child"),
    IN_USE(34, 409, "resource is in use"),
    UNSUP_REPRESENTATION(35, 406, "the representation asked for is not supported"),
    UNSUP_LANGUAGE(36, 406, "the language asked for is not supported"),
    NON_EXISTENT_DOMAIN(38, 404, "domain does not exist"),
    WRONG_TYPE(39, 400, "invalid input: wrong type"),
    MISSING_REQUIRED(40, 400, "invalid input: a required value is missing"),
    EXCEEDS_RANGE(43, 400, "invalid input: the value exceeds the range"),
    PARAM_CONFLICT(44, 400, "invalid input: parameters cannot be present at the same time"),
    EMPTY_STR(45, 400, "invalid input: the string is empty"),
    BAD_ENUM_VALUE(46, 400, "invalid input: bad enumeration value"),
    UNSUP_CONTENT(51, 415, "the content type is not supported"),
    NOT_JSON_OBJ(52, 400, "the request body is not a JSON object"),
    PORT_SPECIFICATION(55, 400, "invalid input: bad port specification"),
    URL_PERCENT_ENCODING(56, 400, "bad percent encoding in the URL"),
    EXCEEDS_LENGTH(57, 400, "invalid input: the string exceeds the length limit"),
    EXISTENT_ID(59, 409, "the ID already exists"),
    JSON_SYNTAX_ERR(60, 400, "JSON syntax error"),
    ILLEGAL_CHAR(69, 400, "invalid input: illegal character"),
    EXISTENT_PATH(73, 409, "host WWN/iSCSI name is already used by another host"),
    HOST_IN_SET(77, 409, "host is a member of a set"),
    ONE_REQUIRED(78, 400, "invalid input: one of the parameters is required"),
    NON_EXISTENT_PATH(80, 404, "host path does not exist"),
    VLUN_PCOPY_TARGET(97, 409, "volume is the target of a physical copy"),
    DUP_PATH(98, 400, "invalid input: a path is given twice"),
    NON_EXISTENT_QOS_RULE(100, 404, "QoS rule does not exist"),
    EXISTENT_SET(101, 409, "set already exists"),
    NON_EXISTENT_SET(102, 404, "set does not exist"),
    MEMBER_IN_SET(103, 409, "the object is already in the set"),
    MEMBER_NOT_IN_SET(104, 404, "the object is not in the set"),
    EXISTENT_QOS_RULE(114, 400, "QoS rule already exists"),
    BELOW_RANGE(115, 400, "invalid input: the value is below the range"),
    QOS_TARGET_OBJECT(117, 404, "QoS target object does not exist"),
    NON_EXISTENT_TASK(145, 404, "task does not exist"),
    UNSUPPORTED_VV_TYPE(150, 403, "invalid operation: unsupported volume type"),
    VV_IS_BUSY(151, 409, "invalid operation: volume is busy"),
    GROW_SIZE(152, 400, "invalid input: bad growth size"),
    CPG_LIMIT(153, 403, "invalid operation: the limit of the CPG is exceeded"),
    NON_EXISTENT_OBJECT_KEY(180, 404, "object key does not exist"),
    EXISTENT_OBJECT_KEY(181, 409, "object key already exists"),
    PROMOTE_NOT_IN_PROGRESS(185, 409, "invalid operation: no promotion is in progress"),
    NON_EXISTENT_RCOPY_GROUP(187, 404, "remote copy group does not exist"),
    TOO_BUSY(270, 503, "system is too busy"),
    // The names are the array's, the numbers are not.
    INV_QUERY_STRING(1001, 400, "invalid query string"),
    VV_EXPORTED(1002, 403, "invalid operation: volume is exported"),
    PARENT_VV_EXPORTED(1003, 403, "invalid operation: parent volume is exported"),
    PARENT_SIZE_HAS_INCREASED(1004, 409, "invalid operation: the size of the parent volume has increased"),
    VV_COPY_PARENT_TOO_BIG(1005, 409, "invalid operation: the parent volume is bigger than the destination"),
    VV_COPY_TO_SELF(1006, 403, "invalid operation: volume cannot be copied to itself"),
    SNAPSHOT_OF_RO_SNAPSHOT(1007, 403, "invalid operation: read-only snapshot of a read-only snapshot"),
    VV_NOT_SNAPSHOT(1008, 409, "invalid operation: volume is not a virtual copy"),
    VV_IS_PHYSICAL_COPY(1009, 409, "invalid operation: volume is a physical copy"),
    EMPTY_SET(1010, 404, "set is empty"),
    TOO_MANY(1011, 409, "the limit of the system is reached"),
    TASK_NOT_ACTIVE(1012, 409, "task is not active");

    private final int code;
    private final int status;
    private final String text;

    Problem(int code, int status, String text) {
        this.code = code;
        this.status = status;
        this.text = text;
    }

    /** The number of the error, 1 or more. */
    public int code() {
        return code;
    }

    /** The HTTP status that goes with it. */
    public int status() {
        return status;
    }

    /** What {@code desc} usually says. */
    public String text() {
        return text;
    }

    /** To be thrown. */
    public Refusal refusal() {
        return Refusal.of(this);
    }

    /** To be thrown, with the member or members of the request that are to blame ({@code ref}). */
    public Refusal of(String member) {
        return Refusal.of(this, member);
    }
}
