package org.edgeld.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PinnedCoresTest {
  private static final Optional<String> EIGHT = Optional.of("0-7");

  /** An option that is refused, but only after the cores were found right. */
  private static final String BAD_NAME = "--name=a;b";

  private static final String OF_THE_NAME = "--name \"a;b\" has a semicolon";

  private static List<String> prefix(String... options) {
    return PinnedCores.prefix(List.of(options), EIGHT);
  }

  @Test
  void anAgentIsBoundIfItSaysSo() {
    assertThat(prefix("--name=a", "--port=0")).isEmpty();
    assertThat(prefix("--cores=2,4-7")).containsExactly("taskset", "--cpu-list", "2,4-7");
    assertThat(prefix("--cores", "3", "--port=0")).last().isEqualTo("3");
    assertThat(prefix("--cores")).isEmpty();
    assertThat(PinnedCores.prefix(List.of("--cores=99"), Optional.empty())).last().isEqualTo("99");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "1,", "-2", "1-", "1 2", "1;reboot", "3-2", "0,7-6", "8", "0,9"})
  void whatCannotBeIsLeftForTheSentenceThatRefusesIt(String cores) {
    assertThat(prefix("--cores=" + cores)).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PinnedCores.check(cores, EIGHT))
        .withMessageContaining("--cores")
        .withMessageContaining(". Maybe ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "8   | 0-7   | Maybe name some of these.",
        "0,9 | 0     | Maybe name some of these.",
        "0   | 0-7   | Maybe unset EDGELD_AGENT_TUNED",
        "0,2 | 0-2,5 | Maybe unset EDGELD_AGENT_TUNED"
      })
  void coresThatTheProcessDoesNotHaveAreRefused(String cores, String allowed, String maybe) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PinnedCores.check(cores, Optional.of(allowed)))
        .withMessageStartingWith("--cores " + cores + " does not hold")
        .withMessageContaining("the cores " + allowed + ". " + maybe);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"2,3 | 2-3", "1,0 | 0-1", "5 | 5", "0-2,2,7 | 0-2,7"})
  void aProcessThatHasItsCoresIsLeftAlone(String cores, String allowed) {
    assertThatCode(() -> PinnedCores.check(cores, Optional.of(allowed))).doesNotThrowAnyException();
    assertThatCode(() -> PinnedCores.check(cores, Optional.empty())).doesNotThrowAnyException();
  }

  @Test
  void onlyABoundAgentIsToldToLeaveTheOptionOut() {
    assertThat(PinnedCores.hint(List.of("--cores", "2,3"))).contains("--cores", "taskset");
    assertThat(PinnedCores.hint(List.of("--name", "weak"))).isEmpty();
  }

  /** Returns what an agent that is refused says, which it does before it starts its engine. */
  private static String words(List<String> command, ProcessBuilder as) throws Exception {
    Process process = as.command(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    String words = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(words).isEqualTo(2);
    return words;
  }

  private static void assumeTaskset() throws InterruptedException {
    try {
      new ProcessBuilder("taskset", "--version")
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      abort("There is no taskset here.");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  @Timeout(60)
  void theProcessHasItsCoresAloneAndNoticesIfNot() throws Exception {
    assumeTaskset();
    String allowed = PinnedCores.allowed().orElseThrow();
    String last = allowed.replaceAll(".*[-,]", "");
    ProcessBuilder agent = AgentProcess.builder(List.of("--cores=" + last, BAD_NAME));
    List<String> bound = List.copyOf(agent.command());
    assertThat(bound).startsWith("taskset", "--cpu-list", last);

    assertThat(words(bound, agent)).contains(OF_THE_NAME);

    if (!allowed.equals(last)) {
      List<String> unbound = bound.subList(3, bound.size());
      assertThat(words(unbound, agent)).contains("--cores " + last, "the cores " + allowed);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  @Timeout(60)
  void coresThatAreNotThereAreRefusedByTheAgentAndNotByTaskset() throws Exception {
    ProcessBuilder agent = AgentProcess.builder(List.of("--cores=9999", BAD_NAME));

    assertThat(words(List.copyOf(agent.command()), agent))
        .contains("edge-agent: --cores 9999 does not hold", "Maybe name some of these.");
  }
}
