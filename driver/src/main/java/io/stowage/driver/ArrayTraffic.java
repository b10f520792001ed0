package io.stowage.driver;

/**
 * What went to an array's management since its pool was opened, and what came back.
 *
 * @param requests how many were sent, logins and repetitions included
 * @param failures how many of them got no answer
 * @param sentBytes in the bodies of requests
 * @param receivedBytes in the bodies of answers
 */
public record ArrayTraffic(long requests, long failures, long sentBytes, long receivedBytes) {
    public static final ArrayTraffic NONE = new ArrayTraffic(0, 0, 0, 0);
}
