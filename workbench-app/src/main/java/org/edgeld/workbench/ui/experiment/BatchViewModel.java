package org.edgeld.workbench.ui.experiment;

import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.edgeld.workbench.run.Batch;

/** How many frames a repeat has, and how many of them are in flight: never more than there are. */
public final class BatchViewModel {
  private static final List<Integer> FRAMES = List.of(1, 2, 3, 4, 5, 8, 16, 32, 64, 128);
  private static final List<Integer> IN_FLIGHT = List.of(1, 2, 3, 4, 6, 8, 12, 16, 32, 64);

  private final ObjectProperty<Integer> frames = new SimpleObjectProperty<>(Batch.ONE.frames());
  private final ObjectProperty<Integer> inFlight = new SimpleObjectProperty<>(Batch.ONE.inFlight());
  private final ReadOnlyObjectWrapper<Batch> batch = new ReadOnlyObjectWrapper<>(Batch.ONE);

  public BatchViewModel() {
    frames.addListener(
        (o, was, is) -> {
          inFlight.set(Math.min(inFlight.get(), is));
          batch.set(new Batch(is, inFlight.get()));
        });
    inFlight.addListener(
        (o, was, is) -> {
          frames.set(Math.max(frames.get(), is));
          batch.set(new Batch(frames.get(), is));
        });
  }

  /** Numbers of frames to choose from. */
  public List<Integer> frameChoices() {
    return FRAMES;
  }

  /** Numbers of frames in flight to choose from. */
  public List<Integer> inFlightChoices() {
    return IN_FLIGHT;
  }

  /** Frames of a repeat. */
  public ObjectProperty<Integer> framesProperty() {
    return frames;
  }

  /** Frames of a repeat that are under way at one time; more frames come with it if need be. */
  public ObjectProperty<Integer> inFlightProperty() {
    return inFlight;
  }

  public ReadOnlyObjectProperty<Batch> batchProperty() {
    return batch.getReadOnlyProperty();
  }
}
