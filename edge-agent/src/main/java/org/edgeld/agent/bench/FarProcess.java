package org.edgeld.agent.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.edgeld.transport.SharedKey;

/** A second process of the same class path and virtual machine, with a far end for every rate. */
public final class FarProcess implements AutoCloseable {
  private final Process process;
  private final List<FarEnd.Place> places = new ArrayList<>();

  /**
   * Starts it.
   *
   * @param rates of the far ends in bits per second, 0 for loopback as it is
   * @throws IOException if it cannot be started
   */
  FarProcess(SharedKey key, List<Long> rates) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("-X") || argument.startsWith("-D"))
        .forEach(command::add);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), FarProcess.class.getName()));
    rates.forEach(rate -> command.add(Long.toString(rate)));
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try {
      // not on the command line, which other users of the computer can see
      process.getOutputStream().write((key.hex() + "\n").getBytes(StandardCharsets.US_ASCII));
      process.getOutputStream().flush();
      BufferedReader answers =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
      for (int i = 0; i < rates.size(); i++) {
        String line = answers.readLine();
        if (line == null) {
          throw new IOException("The second process of the benchmark ended early.");
        }
        places.add(FarEnd.Place.parse(line));
      }
    } catch (IOException | RuntimeException e) {
      process.destroy();
      throw e;
    }
  }

  /** Returns the far end of a rate. */
  FarEnd.Place place(long bitsPerSecond) {
    return places.stream()
        .filter(place -> place.bitsPerSecond() == bitsPerSecond)
        .findFirst()
        .orElseThrow();
  }

  /**
   * Is the second process: opens far ends and keeps them until the input ends.
   *
   * @param rates as the constructor's
   */
  public static void main(String[] rates) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    SharedKey key = SharedKey.parse(in.readLine());
    List<FarEnd> ends = new ArrayList<>();
    try {
      for (String rate : rates) {
        FarEnd end = new FarEnd(key, Long.parseLong(rate));
        ends.add(end);
        System.out.println(end.place().words());
      }
      while (in.readLine() != null) {
        // nothing more is said; the end of the stream is the message
        continue;
      }
    } finally {
      for (FarEnd end : ends) {
        end.close();
      }
    }
  }

  /** Has the process end. */
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process.destroy();
  }
}
