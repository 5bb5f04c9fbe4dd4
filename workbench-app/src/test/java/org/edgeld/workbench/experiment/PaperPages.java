package org.edgeld.workbench.experiment;

import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.edgeld.workbench.experiment.TrialRecord.Measured;
import org.edgeld.workbench.experiment.TrialRecord.Samples;
import org.edgeld.workbench.experiment.paper.Reproduction;
import org.edgeld.workbench.experiment.report.SweepSummary;
import org.edgeld.workbench.experiment.spec.Configuration;
import org.edgeld.workbench.experiment.spec.Schedule;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.experiment.spec.Trial;
import org.junit.jupiter.api.io.TempDir;

/** Pages of reproductions whose latencies are made up. */
abstract class PaperPages {
  static final Reproduction QUICK = Reproduction.of(true, List.of());

  @TempDir Path path;

  /** Returns the page of a reproduction whose latencies are made up. */
  String page(ToDoubleFunction<Configuration> millis) throws Exception {
    return page(QUICK, millis);
  }

  String page(Reproduction reproduction, ToDoubleFunction<Configuration> millis) throws Exception {
    return page(reproduction, millis, 1);
  }

  /**
   * Returns the page.
   *
   * @param noise by which factor what is measured twice differs
   */
  String page(Reproduction reproduction, ToDoubleFunction<Configuration> millis, double noise)
      throws Exception {
    return Files.readString(
        reproduction.write(new SweepFolder(path), summary(reproduction, millis, noise)));
  }

  static SweepSummary summary(
      Reproduction reproduction, ToDoubleFunction<Configuration> millis, double noise) {
    SweepSpec spec = reproduction.spec();
    SplittableRandom random = new SplittableRandom(1);
    List<TrialRecord> records = new ArrayList<>();
    for (Trial trial : Schedule.trials(spec)) {
      Configuration c = trial.configuration();
      // with one follower there is nothing to divide, so that all strategies make the same plan
      String plan = c.devices() == 2 ? "the same" : c.label();
      records.add(
          new TrialRecord(
              trial,
              Instant.EPOCH,
              1,
              0,
              Specs.withPlan(
                  measured(
                      random, c.devices(), millis.applyAsDouble(c) * (trial.twin() ? noise : 1)),
                  plan)));
    }
    return SweepSummary.of(spec, records);
  }

  /** Returns a measurement whose frames differ half as much as those of other tests. */
  static Measured measured(SplittableRandom random, int devices, double millis) {
    Measured wide = Specs.measured(random, devices, millis);
    Map<String, Double> times = Map.of("plan", 1.0, "local", 2.0, "remote", 3.0);
    Map<String, Samples> samples = new HashMap<>();
    times.forEach(
        (name, factor) -> {
          Samples own = wide.samples().get(name);
          List<Double> nearer =
              own.latencyMillis().stream().map(time -> (time + factor * millis) / 2).toList();
          samples.put(name, new Samples(nearer, own.overcommittedMillis(), nearer));
        });
    return Specs.withSamples(wide, samples);
  }

  List<CSVRecord> points(String figure) throws Exception {
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    try (Reader reader = Files.newBufferedReader(path.resolve("paper.csv"));
        CSVParser parser = format.parse(reader)) {
      return parser.stream().filter(point -> point.get("figure").equals(figure)).toList();
    }
  }

  static boolean fast(Configuration c) {
    return c.boards().linkMbps().of(0) > 1000;
  }

  static double asInThePaper(Configuration c) {
    double scheme = c.label().equals("BODP") && c.devices() > 2 ? 1.25 : 1;
    double fusion = c.label().contains("layer") ? 1.2 : 1;
    double link = fast(c) ? 1 : 1 + 0.5 * (c.devices() - 2) / 3.0;
    return scheme * fusion * link * 1000.0 * c.batch().frames() / (c.devices() - 1);
  }
}
