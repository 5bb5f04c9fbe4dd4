package org.edgeld.program;

/**
 * Names a device of one deployment.
 *
 * @param index position in the deployment's list of devices
 */
public record DeviceId(int index) implements Comparable<DeviceId> {
  public DeviceId {
    if (index < 0) {
      throw new IllegalArgumentException("The device index (" + index + ") is negative.");
    }
  }

  /** Returns the letter that stands for the device in the window and in charts: A, B, … */
  public String letter() {
    return index < 26 ? String.valueOf((char) ('A' + index)) : "#" + (index + 1);
  }

  @Override
  public int compareTo(DeviceId other) {
    return Integer.compare(index, other.index);
  }

  @Override
  public String toString() {
    return letter();
  }
}
