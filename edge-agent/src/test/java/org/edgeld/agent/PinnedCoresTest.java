package org.edgeld.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PinnedCoresTest {
  private static final String ALLOWED = "Cpus_allowed_list:";

  @Test
  void anAgentIsBoundIfItSaysSo() {
    assertThat(PinnedCores.prefix(List.of("--name=a", "--port=0"))).isEmpty();
    assertThat(PinnedCores.prefix(List.of("--cores=2,4-7"))).last().isEqualTo("2,4-7");
    assertThat(PinnedCores.prefix(List.of("--cores", "3", "--port=0"))).last().isEqualTo("3");
    assertThat(PinnedCores.prefix(List.of("--cores"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "1,", "-2", "1-", "1 2", "1;reboot"})
  void whatIsNoListIsLeftForTheSentenceThatRefusesIt(String cores) {
    assertThat(PinnedCores.prefix(List.of("--cores=" + cores))).isEmpty();
  }

  @Test
  void onlyABoundAgentIsToldToLeaveTheOptionOut() {
    assertThat(PinnedCores.hint(List.of("--cores", "2,3"))).contains("--cores", "taskset");
    assertThat(PinnedCores.hint(List.of("--name", "weak"))).isEmpty();
  }

  @Test
  @Timeout(60)
  void theProcessRunsOnItsCoresAlone() throws IOException, InterruptedException {
    Process process =
        AgentProcess.builder(List.of("--cores=0", "--help"))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    Set<String> seen = new HashSet<>();
    while (process.isAlive()) {
      seen.addAll(allowed(process.pid()));
    }

    assertThat(process.exitValue()).isZero();
    assertThat(seen).contains("0");
  }

  private static List<String> allowed(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
          .filter(line -> line.startsWith(ALLOWED))
          .map(line -> line.substring(ALLOWED.length()).strip())
          .toList();
    } catch (IOException e) {
      return List.of(); // it has ended meanwhile
    }
  }
}
