package org.edgeld.workbench.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests of commands have in common: a command line and a folder for its files. */
abstract class CommandLineFixture {
  @TempDir Path folder;
  CliHarness cli;

  @BeforeEach
  void createCli() {
    cli = new CliHarness(folder);
  }

  static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }
}
