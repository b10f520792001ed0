package io.stowage.driver;

/**
 * Who an array is.
 *
 * @param name its name among its peers
 * @param software what runs on it, for people
 * @param api the version of its management API that is spoken with it
 */
public record ArrayFacts(String name, String software, String api) {}
