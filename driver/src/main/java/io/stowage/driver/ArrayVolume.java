package io.stowage.driver;

import io.stowage.model.ArrayName;
import io.stowage.model.ByteSize;

/**
 * A volume as the array has it.
 *
 * @param used bytes written to it, before the array reduces them; 0 if the array doesn't say
 */
public record ArrayVolume(ArrayName name, ByteSize size, ByteSize used, DeviceIdentity identity) {}
