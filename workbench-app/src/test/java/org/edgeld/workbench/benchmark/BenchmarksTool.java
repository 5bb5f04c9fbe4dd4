package org.edgeld.workbench.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the benchmarks: {@code mvn -pl workbench-app -am -Pbenchmarks test}. No test. */
class BenchmarksTool {
  @Test
  void run() throws Exception {
    Path results = Path.of("target", "benchmarks.json");
    Files.createDirectories(results.toAbsolutePath().getParent());
    new Runner(
            new OptionsBuilder()
                .include("org\\.edgeld\\.workbench\\.benchmark\\.")
                .jvmArgsAppend("-Xmx1500m", "-Djava.awt.headless=true")
                .resultFormat(ResultFormatType.JSON)
                .result(results.toString())
                .shouldFailOnError(true)
                .build())
        .run();
  }
}
