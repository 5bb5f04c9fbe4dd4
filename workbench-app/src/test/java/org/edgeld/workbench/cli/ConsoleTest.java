package org.edgeld.workbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class ConsoleTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final AtomicLong clock = new AtomicLong();

  private Console console(boolean terminal) {
    return new Console(new PrintWriter(out), new PrintWriter(err), terminal, clock::get);
  }

  @Test
  void aTerminalShowsOneLineThatChangesAndGoesAway() {
    Console console = console(true);
    console.progress("Measuring, frame 10", 0.5);
    console.progress("Planning", -1);
    console.println("result");

    String first = " 50 % Measuring, frame 10";
    assertThat(err.toString())
        .isEqualTo("\r" + first + "\rPlanning" + " ".repeat(first.length() - 8) + "\r        \r");
    assertThat(out.toString()).isEqualTo("result\n");
  }

  @Test
  void elsewhereEachStageIsALineAndCountingIsThinnedOut() {
    Console console = console(false);
    console.progress("Measuring, frame 1", 0.1);
    console.progress("Measuring, frame 2", 0.2);
    clock.addAndGet(2_000_000_000L);
    console.progress("Measuring, frame 3", 0.3);
    console.progress("Planning", -1);

    assertThat(err.toString().lines())
        .containsExactly(" 10 % Measuring, frame 1", " 30 % Measuring, frame 3", "Planning");
  }

  @Test
  void tablesAlignNumbersToTheRight() {
    assertThat(new TextTable("layer", "ms").row("conv1", "10.5").row("fc", "2").toString())
        .isEqualTo("layer    ms\nconv1  10.5\nfc        2\n");
  }

  @Test
  void quantitiesReadTheSameInEveryLocale() {
    assertThat(Quantity.bytes(999)).isEqualTo("999 B");
    assertThat(Quantity.bytes(1_500_000)).isEqualTo("1.50 MB");
    assertThat(Quantity.bytes(999_600_000)).isEqualTo("1.00 GB");
    assertThat(Quantity.millis(1234.5)).isEqualTo("1235");
    assertThat(Quantity.mbps(Double.POSITIVE_INFINITY)).isEqualTo("–");
  }
}
