package org.edgeld.workbench.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.edgeld.model.TensorShape;
import org.edgeld.workbench.run.HostTensor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("core")
class TensorFilesTest {
  private static final TensorShape SHAPE = new TensorShape(2, 3, 4);

  @TempDir Path folder;

  private static HostTensor tensor() {
    float[] values = new float[SHAPE.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i * 1.5f - 7;
    }
    return HostTensor.ofChw(SHAPE, values);
  }

  private static byte[] npy(String type, String order, String shape, byte[] data) {
    return npy(
        1,
        "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }\n".formatted(type, order, shape),
        data);
  }

  private static byte[] npy(int version, String dictionary, byte[] data) {
    byte[] text = dictionary.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer file =
        ByteBuffer.allocate(12 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    file.put((byte) version).put((byte) 0);
    if (version == 1) {
      file.putShort((short) text.length);
    } else {
      file.putInt(text.length);
    }
    file.put(text).put(data);
    byte[] bytes = new byte[file.position()];
    file.flip().get(bytes);
    return bytes;
  }

  private static byte[] floats(HostTensor tensor) {
    ByteBuffer data = ByteBuffer.allocate(SHAPE.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    data.asFloatBuffer().put(tensor.toChw());
    return data.array();
  }

  private Path file(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  private Path npz(String name, String... entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < entries.length; i++) {
        zip.putNextEntry(new ZipEntry(entries[i]));
        float[] values = tensor().toChw();
        values[0] = i;
        zip.write(npy("<f4", "False", "(1, 2, 3, 4)", floats(HostTensor.ofChw(SHAPE, values))));
      }
    }
    return file(name, bytes.toByteArray());
  }

  private void refused(String name, byte[] content, String... words) throws IOException {
    Path file = file(name, content);
    assertThatThrownBy(() -> TensorFiles.read(file, SHAPE))
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll(words)
        .hasMessageContaining("Maybe");
  }

  @Test
  void whatWasWrittenReadsBackTheSame() throws Exception {
    for (String name : List.of("x.f32", "x.npy")) {
      Path file = folder.resolve(name);
      TensorFiles.write(file, List.of(tensor()));

      assertThat(TensorFiles.read(file, SHAPE).toChw()).isEqualTo(tensor().toChw());
    }
    assertThat(Files.size(folder.resolve("x.npy")) - SHAPE.bytes())
        .as("NumPy pads its header to 64 bytes")
        .isEqualTo(128);
  }

  @Test
  void severalOutputsGoToNumberedFiles() throws Exception {
    assertThat(TensorFiles.write(folder.resolve("y.f32"), List.of(tensor(), tensor())))
        .containsExactly(folder.resolve("y-1.f32"), folder.resolve("y-2.f32"))
        .allMatch(Files::exists);
  }

  @Test
  void readsOtherTypesVersionsAndABatchOfOne() throws Exception {
    ByteBuffer doubles = ByteBuffer.allocate(SHAPE.elements() * 8).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : tensor().toChw()) {
      doubles.putDouble(value);
    }
    byte[] bytes = new byte[SHAPE.elements()];
    bytes[1] = (byte) 200;
    Path f8 = file("f8.npy", npy("<f8", "False", "(2, 3, 4)", doubles.array()));
    Path u1 = file("u1.npy", npy("|u1", "False", "(1, 2, 3, 4)", bytes));
    Path v2 =
        file(
            "v2.npy",
            npy(
                2,
                "{\"descr\": '<f4', 'fortran_order': False, 'shape': (2, 3, 4)}".replace('"', '\''),
                floats(tensor())));

    assertThat(TensorFiles.read(f8, SHAPE).toChw()).isEqualTo(tensor().toChw());
    assertThat(TensorFiles.read(v2, SHAPE).toChw()).isEqualTo(tensor().toChw());
    assertThat(TensorFiles.read(u1, SHAPE).toChw()[1]).isEqualTo(200);
  }

  @Test
  void anArchiveYieldsItsInputOrElseItsFirstArray() throws Exception {
    Path named = npz("named.npz", "other.npy", "input.npy");
    Path unnamed = npz("unnamed.npz", "arr_0.npy", "arr_1.npy");

    assertThat(TensorFiles.read(named, SHAPE).toChw()[0]).isEqualTo(1);
    assertThat(TensorFiles.read(unnamed, SHAPE).toChw()[0]).isEqualTo(0);
  }

  @Test
  void whatDoesNotFitIsRefusedInOneSentence() throws Exception {
    byte[] data = floats(tensor());
    refused("a.npy", npy("<f4", "False", "(3, 4, 2)", data), "(3, 4, 2)", "(2, 3, 4)");
    refused("b.npy", npy("<f4", "True", "(2, 3, 4)", data), "Fortran");
    refused("c.npy", npy(">f4", "False", "(2, 3, 4)", data), ">f4");
    refused("d.npy", npy("<f4", "False", "(2, 3, 4)", new byte[95]), "ends early");
    refused("e.npy", npy("<f4", "False", "(2, 3, 4)", new byte[97]), "goes on");
    refused("f.npy", npy("<f4", "False", "(99999999999999999999,)", data), "extent");
    refused("g.npy", npy(9, "{}", data), "version 9");
    refused("h.npy", npy(1, "{'descr': [('a', '<f4')]}", data), "plain array");
    refused("i.npy", "no array".getBytes(StandardCharsets.UTF_8), "not a NumPy array");
    refused("j.f32", new byte[95], "95 bytes", "takes 96");
    refused("k.npz", data, "not a readable .npz archive");
    refused("l.txt", data, "no tensor file");
    float[] bad = tensor().toChw();
    bad[5] = Float.NaN;
    refused("m.f32", floats(HostTensor.ofChw(SHAPE, bad)), "NaN", "element 5");
    assertThatThrownBy(() -> TensorFiles.read(folder.resolve("none.npy"), SHAPE))
        .hasMessageContaining("no such file. Maybe");
    Path empty = folder.resolve("empty.npz");
    try (OutputStream out = Files.newOutputStream(empty);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("readme.txt"));
    }
    assertThatThrownBy(() -> TensorFiles.read(empty, SHAPE)).hasMessageContaining("no array");
  }

  @Test
  void aFalseHeaderLengthAllocatesLittleAndFailsInOneSentence() throws Exception {
    byte[] file = npy(2, "{}", new byte[0]);
    file[8] = file[9] = file[10] = file[11] = (byte) 0xFF;

    refused("huge.npy", file, "4294967295 bytes");
  }

  @Test
  void damagedFilesNeverEscapeAsAnythingButASentence() throws Exception {
    SplittableRandom random = new SplittableRandom(20200731);
    byte[] good = npy("<f4", "False", "(2, 3, 4)", floats(tensor()));
    byte[] archive = Files.readAllBytes(npz("good.npz", "input.npy"));
    int refused = 0;
    for (int i = 0; i < 600; i++) {
      boolean zip = i % 3 == 0;
      byte[] bytes = (zip ? archive : good).clone();
      for (int n = random.nextInt(1, 6); n > 0; n--) {
        bytes[random.nextInt(zip ? bytes.length : 90)] = (byte) random.nextInt(256);
      }
      Path file = file(zip ? "fuzz.npz" : "fuzz.npy", bytes);
      try {
        TensorFiles.read(file, SHAPE);
      } catch (InputException e) {
        refused++;
        assertThat(e.getMessage()).contains("Maybe").doesNotContain("\n");
      }
    }
    assertThat(refused).isGreaterThan(300);
  }

  @Test
  void readsWhatNumPyWrote() throws Exception {
    String models = System.getenv("EDGELD_MODELS");
    assumeThat(models).as("EDGELD_MODELS names the folder of reference files").isNotNull();
    Path file = Path.of(models, "expected", "squeezenet1_1.chelsea.npz");

    float[] input = TensorFiles.read(file, new TensorShape(3, 224, 224)).toChw();
    assertThat(input).hasSize(3 * 224 * 224);
    Arrays.sort(input);
    assertThat(input[0]).as("an 8-bit sample minus the data set's mean").isBetween(-124f, -50f);
    assertThat(input[input.length - 1]).isBetween(50f, 152f);
    assertThatThrownBy(() -> TensorFiles.read(file, new TensorShape(3, 96, 96)))
        .hasMessageContaining("(1, 3, 224, 224)");
  }
}
