package org.edgeld.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.edgeld.message.AgentInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostFactsTest {
  @TempDir Path folder;

  @Test
  void whatTheSystemDoesNotTellIsNotKnown() throws Exception {
    assertThat(HostFacts.firstLine(folder.resolve("missing"))).isEqualTo(AgentInfo.UNKNOWN);
    assertThat(HostFacts.firstLine(folder)).isEqualTo(AgentInfo.UNKNOWN);
    assertThat(HostFacts.firstLine(Files.createFile(folder.resolve("empty"))))
        .isEqualTo(AgentInfo.UNKNOWN);
  }

  @Test
  void aFactIsAShortLine() throws Exception {
    Path file = folder.resolve("governor");
    Files.writeString(file, "performance\nmore\n");
    assertThat(HostFacts.firstLine(file)).isEqualTo("performance");
    Files.writeString(file, "x".repeat(1000));
    assertThat(HostFacts.firstLine(file)).hasSize(64);
    assertThat(HostFacts.kernel()).isNotBlank();
  }
}
