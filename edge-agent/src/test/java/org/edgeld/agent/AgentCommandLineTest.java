package org.edgeld.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.edgeld.message.Emulation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class AgentCommandLineTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --bogus                          | Unknown option: '--bogus'.
          --cpu-share=x                    | 'x' is not a double.
          --cpu-share=2                    | The CPU share (2.0) is not within (0, 1].
          --link-mbps=-1                   | --link-mbps -1.0 is not a positive number
          --link-mbps=NaN                  | --link-mbps NaN is not a positive number
          --link-mbps=1e-9                 | --link-mbps 1.0E-9 is not a positive number
          --link-delay-ms=-3               | --link-delay-ms -3.0 is not a positive number
          --memory-mb=99999999999999999    | --memory-mb 1.0E17 is not a positive number
          --threads=-1                     | --threads -1 is not within 1 to 256.
          --threads=100000                 | --threads 100000 is not within 1 to 256.
          --threads=2 --cpu-share=0.5      | --threads 2 contradicts --cpu-share 0.5
          --convolutions=fast              | Invalid value for option '--convolutions': expected one of [AUTO, PLAIN, PACKED] (case-insensitive)
          --cores=first                    | --cores "first" is not a list of cores.
          --cores=3-2                      | --cores "3-2" is not a list of cores.
          @options.txt                     | Unmatched argument at index 0: '@options.txt'.
          --port=70000                     | --port 70000 is not within 0 to 65534.
          --discovery-port=99999           | --discovery-port 99999 is not within 0 to 65535.
          --name=a;b                       | --name "a;b" has a semicolon
          """)
  void aBadOptionIsRefusedInOneSentence(String options, String words) {
    refuses(2, words.strip(), options.strip().split(" "));
  }

  @Test
  void aNameTooLongForDiscoveryIsRefused() {
    refuses(2, "--name has 65 characters", "--name=" + "x".repeat(65));
  }

  @Test
  void aFileInPlaceOfTheCacheFolderIsRefusedByName() throws IOException {
    Path file = Files.writeString(folder.resolve("cache"), "");

    refuses(1, "The folder " + file + " cannot be used for weights.", "--cache-dir=" + file);
  }

  @Test
  void theVersionIsPrinted() {
    assertThat(execute("--version")).isZero();
    assertThat(out.toString()).startsWith("EdgeLD agent ").hasLineCount(1);
  }

  @Test
  void unitsAreThoseOfTheNames() {
    AgentOptions options = new AgentOptions();
    CommandLine.populateCommand(
        options, "--link-mbps=0.5", "--link-delay-ms=1.5", "--memory-mb=2.5", "--cpu-share=0.25");

    assertThat(options.emulation()).isEqualTo(new Emulation(0.25, 500_000, 1_500_000, 2_500_000));
  }

  private void refuses(int code, String words, String... options) {
    assertThat(execute(options)).isEqualTo(code);
    assertThat(err.toString())
        .startsWith("edge-agent: ")
        .contains(words)
        .contains(" Maybe ")
        .hasLineCount(1);
    assertThat(out.toString()).isEmpty();
  }

  private int execute(String... options) {
    return AgentMain.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(options);
  }
}
