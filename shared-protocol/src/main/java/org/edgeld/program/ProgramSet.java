package org.edgeld.program;

import java.util.List;
import org.edgeld.model.ModelGraph;

/**
 * The programs of all devices for one model. The head holds the model's input when a frame starts
 * and all its outputs when the frame ends.
 *
 * @param graph the model
 * @param head who holds input and outputs
 * @param programs one per device, in the order of {@link DeviceId#index}
 */
public record ProgramSet(ModelGraph graph, DeviceId head, List<DeviceProgram> programs) {
  public ProgramSet {
    programs = List.copyOf(programs);
    for (int i = 0; i < programs.size(); i++) {
      if (programs.get(i).device().index() != i) {
        throw new IllegalArgumentException(
            "The program at position " + i + " is for device " + programs.get(i).device() + ".");
      }
    }
    if (head.index() >= programs.size()) {
      throw new IllegalArgumentException("The head " + head + " has no program.");
    }
  }

  /** Returns a device's program. */
  public DeviceProgram of(DeviceId device) {
    return programs.get(device.index());
  }

  /** Returns the bytes that travel between devices for one frame as float32. */
  public long bytesMoved() {
    return bytesMoved(Precision.FLOAT32);
  }

  /** Returns the bytes that are expected to travel between devices for one frame. */
  public long bytesMoved(Precision precision) {
    return programs.stream()
        .flatMap(program -> program.steps().stream())
        .filter(Step.Send.class::isInstance)
        .mapToLong(step -> precision.expectedBytes(((Step.Send) step).slice().elements()))
        .sum();
  }
}
