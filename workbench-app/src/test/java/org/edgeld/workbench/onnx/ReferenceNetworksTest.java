package org.edgeld.workbench.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.edgeld.workbench.onnx.Closeness.assertClose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.edgeld.agent.engine.TileEngine;
import org.edgeld.agent.engine.djl.DjlTileEngine;
import org.edgeld.model.InputEncoding;
import org.edgeld.model.InputEncoding.ChannelOrder;
import org.edgeld.model.Model;
import org.edgeld.workbench.image.PictureReader;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.onnx.lower.InputSize;
import org.edgeld.workbench.run.HostTensor;
import org.edgeld.workbench.run.ModelCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Networks that others trained say of pictures what they say elsewhere, undivided and divided, on
 * the agents' own runtime and engine.
 */
class ReferenceNetworksTest {
  private static final double TOLERANCE = 1e-3;
  private static final int MOST_DEVICES = 4;
  private static final InputEncoding CAFFE =
      new InputEncoding(
          ChannelOrder.BGR, 1, List.of(103.939, 116.779, 123.68), List.of(1.0, 1.0, 1.0));
  private static final InputEncoding TENSORFLOW =
      new InputEncoding(
          ChannelOrder.RGB, 1, Collections.nCopies(3, 128.0), Collections.nCopies(3, 128.0));
  private static final Map<String, InputEncoding> ENCODINGS =
      Map.of(
          "squeezenet1_1", CAFFE,
          "squeezenet1_1_fp16_original", CAFFE,
          "mobilenet_v2_1.0_224", TENSORFLOW,
          "resnet20_cifar10", InputEncoding.IMAGENET);

  private static TileEngine engine;
  @TempDir static Path folder;

  @BeforeAll
  static void startEngine() {
    engine = new DjlTileEngine(1);
  }

  @AfterAll
  static void stopEngine() {
    engine.close();
  }

  /** The folder of the networks may be read-only, and a description lies beside its network. */
  private static Model open(String name) throws Exception {
    Path file = ReferenceModels.folder().resolve(name + ".onnx");
    Path copy = folder.resolve(name + ".onnx");
    if (!Files.exists(copy)) {
      Files.createSymbolicLink(copy, file);
      if (ENCODINGS.containsKey(name)) {
        DescriptionFile.write(
            copy, new ModelDescription(ENCODINGS.get(name), InputSize.AS_IN_FILE, List.of()));
      }
    }
    return new OnnxImporter(folder.resolve("store"))
        .open(copy, ImportOptions.NONE, JobMonitor.SILENT);
  }

  private static HostTensor tensor(Model model, float[] chw) {
    return HostTensor.ofChw(model.graph().input(), chw);
  }

  private static ModelCluster cluster(Model model, int devices) throws Exception {
    ModelCluster cluster = new ModelCluster(engine, model, devices);
    assertThat(cluster.computing()).as("devices that compute").isEqualTo(devices);
    return cluster;
  }

  @ParameterizedTest
  @ValueSource(strings = {"squeezenet1_1", "mobilenet_v2_1.0_224", "resnet20_cifar10"})
  void classifiersGiveTheExpectedLogitsAndClasses(String name) throws Exception {
    Model model = open(name);
    float[] input = ReferenceModels.expected(name + ".chelsea.npz", "input");
    float[] logits = ReferenceModels.expected(name + ".chelsea.npz", "logits");
    JsonNode pictures = pictures(name);
    int right = 0;
    for (int devices = 1; devices <= MOST_DEVICES; devices++) {
      try (ModelCluster cluster = cluster(model, devices)) {
        String what = name + " on " + devices + " devices";
        assertClose(cluster.run(tensor(model, input)).get(0), logits, TOLERANCE, what);
        right += right(model, cluster, pictures, what);
      }
    }
    assertThat(pictures).hasSize(8);
    System.out.printf("%s: %d of %d pictures right%n", name, right, MOST_DEVICES * pictures.size());
  }

  private static JsonNode pictures(String name) throws Exception {
    Path file = ReferenceModels.folder().resolve("expected").resolve("classification.json");
    return new ObjectMapper().readTree(file.toFile()).get(name).get("images");
  }

  /** Every picture's class is the expected one, with the expected logit. */
  private static int right(Model model, ModelCluster cluster, JsonNode pictures, String what)
      throws Exception {
    Path images =
        ReferenceModels.folder()
            .resolve("images")
            .resolve(Integer.toString(model.graph().input().height()));
    int right = 0;
    for (var picture : pictures.properties()) {
      HostTensor input = PictureReader.read(images.resolve(picture.getKey() + ".png"), model);
      float[] logits = cluster.run(input).get(0);
      JsonNode top = picture.getValue().get("top5").get(0);
      assertThat(Closeness.top(logits))
          .as("%s, %s", what, picture.getKey())
          .isEqualTo(top.get("index").asInt());
      right++;
    }
    return right;
  }

  @Test
  void halfPrecisionWeightsGiveTheSameClasses() throws Exception {
    Model model = open("squeezenet1_1_fp16_original");
    try (ModelCluster cluster = cluster(model, 2)) {
      assertThat(right(model, cluster, pictures("squeezenet1_1"), "float16")).isEqualTo(8);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void theDetectorGivesTheExpectedHeads(int devices) throws Exception {
    Model model = open("yolo-fastest");
    float[] input = ReferenceModels.expected("yolo-fastest.dog.npz", "input");
    try (ModelCluster cluster = cluster(model, devices)) {
      List<float[]> heads = cluster.run(tensor(model, input));
      assertThat(heads).hasSize(2);
      assertClose(
          heads.get(0),
          ReferenceModels.expected("yolo-fastest.dog.npz", "l114_convolutional"),
          TOLERANCE,
          "coarse head");
      assertClose(
          heads.get(1),
          ReferenceModels.expected("yolo-fastest.dog.npz", "l124_convolutional"),
          TOLERANCE,
          "fine head");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void clothesAreRecognisedAsOftenAsPublished(int devices) throws Exception {
    Model model = open("fmnist_vgg");
    String file = "fmnist_first1000.npz";
    float[] images = ReferenceModels.expected(file, "images_uint8");
    float[] labels = ReferenceModels.expected(file, "labels");
    float[] logits = ReferenceModels.expected(file, "logits");
    int size = model.graph().input().elements();
    int classes = logits.length / labels.length;
    // all thousand where a count is published, some elsewhere
    int count = devices == 1 || devices == 3 ? labels.length : 50;
    int right = 0;
    try (ModelCluster cluster = cluster(model, devices)) {
      for (int i = 0; i < count; i++) {
        float[] image = Arrays.copyOfRange(images, i * size, (i + 1) * size);
        for (int k = 0; k < size; k++) {
          image[k] = (image[k] / 255f - 0.2860f) / 0.3530f;
        }
        float[] actual = cluster.run(tensor(model, image)).get(0);
        float[] expected = Arrays.copyOfRange(logits, i * classes, (i + 1) * classes);
        assertClose(actual, expected, TOLERANCE, "picture " + i);
        right += Closeness.top(actual) == (int) labels[i] ? 1 : 0;
      }
    }
    System.out.printf("fmnist_vgg on %d devices: %d of %d right%n", devices, right, count);
    if (count == labels.length) {
      assertThat(right).isEqualTo(940);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void digitsAreWhatTheReferenceRuntimeSays(int devices) throws Exception {
    Model model = open("mnist_cntk");
    float[] digit = digit();
    float[] expected =
        ReferenceRuntime.run(
                ReferenceModels.folder().resolve("mnist_cntk.onnx"), digit, 1, 1, 28, 28)
            .get(0);
    try (ModelCluster cluster = cluster(model, devices)) {
      float[] actual = cluster.run(tensor(model, digit)).get(0);
      assertClose(actual, expected, TOLERANCE, "mnist");
      assertThat(Closeness.top(actual)).isEqualTo(1);
    }
  }

  /** A hand-drawn one: a white stroke. */
  private static float[] digit() {
    float[] digit = new float[28 * 28];
    for (int row = 5; row < 23; row++) {
      Arrays.fill(digit, 28 * row + 13, 28 * row + 16, 255);
    }
    return digit;
  }
}
