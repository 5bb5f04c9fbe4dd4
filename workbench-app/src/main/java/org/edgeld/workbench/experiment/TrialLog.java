package org.edgeld.workbench.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.edgeld.workbench.experiment.spec.Trial;
import org.edgeld.workbench.json.JsonDefectException;
import org.edgeld.workbench.results.WholeFile;

/**
 * The finished trials of a sweep, a line of JSON each. A line counts once its line feed is on disk;
 * whatever follows the last line feed was under way when the sweep ended and is cut off.
 */
public final class TrialLog implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final FileChannel channel;
  private final List<TrialRecord> records;

  private TrialLog(FileChannel channel, List<TrialRecord> records) {
    this.channel = channel;
    this.records = records;
  }

  /**
   * What a file holds.
   *
   * @param records in the order finished
   * @param wholeBytes length of what counts
   */
  private record Content(List<TrialRecord> records, long wholeBytes) {}

  /**
   * Opens the file to go on with, creating it if it is missing, and cuts off what was not finished.
   *
   * @param trials those of the sweep, by id
   * @throws JsonDefectException if a line is none of this sweep; the file is not changed then
   */
  static TrialLog open(Path file, Map<String, Trial> trials)
      throws IOException, JsonDefectException {
    Content content = Files.exists(file) ? parse(file, trials) : new Content(List.of(), 0);
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    channel.truncate(content.wholeBytes).position(content.wholeBytes);
    channel.force(true);
    return new TrialLog(channel, new ArrayList<>(content.records));
  }

  /**
   * Reads the finished trials without changing the file.
   *
   * @return none if there is no file yet
   */
  static List<TrialRecord> read(Path file, Map<String, Trial> trials)
      throws IOException, JsonDefectException {
    return Files.exists(file) ? parse(file, trials).records : List.of();
  }

  private static Content parse(Path file, Map<String, Trial> trials)
      throws IOException, JsonDefectException {
    byte[] bytes = Files.readAllBytes(file);
    List<TrialRecord> records = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        String title = "Line %d of %s".formatted(records.size() + 1, file);
        TrialRecord record =
            TrialJson.read(json(Arrays.copyOfRange(bytes, start, i), title), title, trials);
        if (!seen.add(record.trial().id())) {
          throw new JsonDefectException(
              "%s is the second of trial %s. Maybe two files were joined."
                  .formatted(title, record.trial().id()));
        }
        records.add(record);
        start = i + 1;
      }
    }
    return new Content(records, start);
  }

  private static JsonNode json(byte[] line, String title) throws JsonDefectException {
    try {
      return MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      throw new JsonDefectException(title + " is no JSON. Maybe the file was edited.", e);
    } catch (IOException e) {
      throw new IllegalStateException("Bytes in memory cannot fail to be read.", e);
    }
  }

  /** Returns the finished trials in the order finished. */
  public List<TrialRecord> records() {
    return List.copyOf(records);
  }

  /** Replaces the file by one of these trials. */
  static void write(Path file, List<TrialRecord> records) throws IOException {
    WholeFile.write(
        file,
        out -> {
          for (TrialRecord record : records) {
            out.write(line(record));
          }
        });
  }

  private static byte[] line(TrialRecord record) throws IOException {
    return (MAPPER.writeValueAsString(TrialJson.of(record)) + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Adds a trial; it is on disk when this returns. */
  void append(TrialRecord record) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(line(record));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    channel.force(true);
    records.add(record);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
