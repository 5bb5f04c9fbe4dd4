package org.edgeld.workbench.ui.sweep;

import java.util.List;
import java.util.Optional;

/** The fields of a specification, named as in its file. */
public enum SpecField {
  NAME("name", "Name", "Title of the report."),
  MODELS("models", "Models", "The networks to measure, each at its own size or at those you name."),
  AGENTS(
      "agents",
      "Agents",
      "Addresses host:port, the head first. Trials with fewer devices use the first of them."),
  DEVICES("devices", "Devices", "How many devices take part, the head included, such as 1, 2, 4."),
  CPU_SHARES(
      "cpuShares",
      "CPU share",
      "Share of one core that each emulated device computes with, such as 0.2. A slash separates"
          + " those of unequal devices, the head's first, as in 0.2/0.1. Empty: not emulated."),
  LINK_MBPS(
      "linkMbps",
      "Link rate, Mbit/s",
      "Rate of every emulated link, such as 100, 1000. A slash separates those of unequal links,"
          + " the head's first, as in 1000/100. Empty: not emulated."),
  LINK_DELAY("linkDelayMs", "Link delay, ms", "Delay of every emulated link."),
  STRATEGIES(
      "strategies",
      "Strategies and schemes",
      "How the work is divided. Strategies are combined with every fusion, routing, overlap and"
          + " precision, schemes with every precision."),
  FUSION("fusion", "Fusion", "Where fused blocks end."),
  ROUTING("routing", "Routing", "Which way slices travel."),
  OVERLAP(
      "overlap",
      "Overlap",
      "Whether strips are computed in parts, so that what others need travels meanwhile."),
  PRECISION("precision", "Precision", "How the values of slices travel."),
  HEAD_ROLE("headRole", "Head", "Whether the head computes strips, too."),
  POOLS_ON_HEAD("poolsOnHead", "Pooling on the head", "Whether pooling layers run on the head."),
  BATCHES(
      "batches",
      "Frames/in flight",
      "Frames of a repeat, and after a slash how many of them are under way at one time, such as"
          + " 1, 16/4."),
  WARMUP("warmup", "Warm-up", "Repeats before measuring, in each trial."),
  REPEATS(
      "repeats", "Repeats", "Measured repeats of the plan and of each baseline, in each trial."),
  ROUNDS(
      "rounds",
      "Rounds",
      "Trials of each configuration. Rounds follow each other, so intervals of several rounds know"
          + " how trials differ; take at least 3 for figures to publish."),
  SEED("seed", "Seed", "Of the order of trials, of the input and of resampling."),
  COOL_DOWN("coolDownMs", "Cool-down, ms", "Pause between two trials."),
  TIME_LIMIT(
      "timeLimitSeconds",
      "Time limit, s",
      "After which a trial is given up and recorded as failed."),
  NOISE_FLOOR(
      "noiseFloor",
      "Noise floor",
      "Measure one configuration of each kind of devices twice: what differs less says nothing.");

  private final String key;
  private final String title;
  private final String explanation;

  SpecField(String key, String title, String explanation) {
    this.key = key;
    this.title = title;
    this.explanation = explanation;
  }

  /** Returns the name in the file. */
  public String key() {
    return key;
  }

  /** Returns the name in the window. */
  public String title() {
    return title;
  }

  /** Returns what it means, in plain words. */
  public String explanation() {
    return explanation;
  }

  /** Returns the field to which a path belongs, such as that of {@code models[1].inputSizes}. */
  static Optional<SpecField> ofPath(String path) {
    String first = path.split("[.\\[]", 2)[0];
    return List.of(values()).stream().filter(field -> field.key.equals(first)).findFirst();
  }
}
