package org.edgeld.workbench.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("core")
class WholeFileTest {
  @TempDir Path folder;

  private static WholeFile.Content text(String text) {
    return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void replacesAFileAsAWhole() throws IOException {
    Path file = folder.resolve("a.csv");
    WholeFile.write(file, text("long old content"));
    WholeFile.write(file, text("new"));

    assertThat(file).hasContent("new");
    assertThat(names()).containsExactly("a.csv");
  }

  @Test
  void keepsTheOldFileWhenWritingFails() throws IOException {
    Path file = folder.resolve("a.csv");
    WholeFile.write(file, text("old"));

    assertThatThrownBy(
            () ->
                WholeFile.write(
                    file,
                    out -> {
                      out.write('n');
                      throw new IOException("disk full");
                    }))
        .hasMessage("disk full");
    assertThat(file).hasContent("old");
    assertThat(names()).containsExactly("a.csv");
  }

  @Test
  void leftoversOfKilledWritersAreDeletedAndWhatIsBeingWrittenIsNot() throws IOException {
    Path old = Files.createFile(folder.resolve(".a.csv.0815.part"));
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(3600)));
    Path other = Files.createFile(folder.resolve("mine.part"));
    Files.setLastModifiedTime(other, FileTime.from(Instant.now().minusSeconds(3600)));
    Files.createFile(folder.resolve(".b.csv.4711.part"));

    // whoever looks at a link to nothing finds nothing, as if its writer were done meanwhile
    Path gone = folder.resolve(".c.csv.1234.part");
    Files.createSymbolicLink(gone, folder.resolve("nothing"));

    WholeFile.deleteLeftovers(folder);
    Files.delete(gone);
    WholeFile.deleteLeftovers(folder.resolve("absent"));

    assertThat(names()).containsExactlyInAnyOrder("mine.part", ".b.csv.4711.part");
  }

  @Test
  void writesThroughALink() throws IOException {
    Path real = Files.writeString(folder.resolve("real.csv"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link.csv"), real);
    WholeFile.write(link, text("new"));

    assertThat(link).isSymbolicLink().hasContent("new");
    assertThat(real).hasContent("new");
  }

  @Test
  void saysBeforehandWhyAFileCannotBeWritten() throws IOException {
    assertThatThrownBy(() -> WholeFile.checkWritable(folder.resolve("none/x.csv")))
        .hasMessageContaining("the folder does not exist. Maybe");
    assertThatThrownBy(() -> WholeFile.checkWritable(folder)).hasMessageContaining("is a folder");
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> WholeFile.checkWritable(file.resolve("x.csv")))
        .hasMessageContaining("the folder is a file");
    WholeFile.checkWritable(folder.resolve("x.csv"));
    assertThat(names()).containsExactly("file");
  }

  @Test
  void namesTheProcessorOrSaysThatItIsUnknown() throws IOException {
    Path cpuinfo = folder.resolve("cpuinfo");
    Files.writeString(cpuinfo, "processor\t: 0\nmodel name\t: Some CPU @ 2 GHz\n");

    assertThat(Environment.processor(cpuinfo)).isEqualTo("Some CPU @ 2 GHz");
    assertThat(Environment.processor(folder.resolve("none"))).isEqualTo("unknown");
  }
}
