package io.stowage.driver;

/**
 * Who an array is.
 *
 * @param identity tells it from every other array, however it is reached; never changes
 * @param name its name among its peers
 * @param software what runs on it, for people
 * @param api the version of its management API that is spoken with it
 */
public record ArrayFacts(String identity, String name, String software, String api) {}
