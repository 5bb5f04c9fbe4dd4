package org.edgeld.workbench.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.edgeld.agent.engine.TileEngine;
import org.edgeld.agent.engine.djl.DjlTileEngine;
import org.edgeld.model.Model;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.onnx.graph.ModelFileException;
import org.edgeld.workbench.onnx.lower.UnsupportedModelException;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.run.HostTensor;
import org.edgeld.workbench.run.ModelCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * ONNX's own conformance cases, one operator each: every case of real numbers matches, undivided
 * and divided, or its operator is refused by name. A model has one picture, so each input of a case
 * takes its turn as the picture while the others are constants.
 */
class OnnxConformanceTest {
  private static final double TOLERANCE = 1e-5;

  /** Cases of real numbers that are refused, by a word of the reason. */
  private static final Map<String, String> REFUSED =
      Map.ofEntries(
          Map.entry("test_AvgPool3d_stride", "3 axes"),
          Map.entry("test_Conv3d_dilated", "3 axes"),
          Map.entry("test_Conv3d_groups", "3 axes"),
          Map.entry("test_Conv3d_stride", "3 axes"),
          Map.entry("test_MaxPool3d_stride", "3 axes"),
          Map.entry("test_convtranspose_3d", "3 axes"),
          Map.entry("test_log_softmax_dim3", "LogSoftmax"),
          Map.entry("test_dropout_default_mask_ratio", "output 1"),
          Map.entry("test_maxpool_with_argmax_2d_precomputed_pads", "output 1"),
          Map.entry("test_reshape_allowzero_reordered", "[3, 4, 0]"),
          Map.entry("test_resize_tf_crop_and_resize", "tf_crop_and_resize"),
          Map.entry(
              "test_resize_upsample_scales_cubic_A_n0p5_exclude_outside",
              "excludes what is outside"));

  @TempDir Path folder;

  private final Set<String> matched = new TreeSet<>();
  private final Map<String, String> refused = new TreeMap<>();
  private final Map<String, String> failed = new TreeMap<>();

  @Test
  void everyCaseMatchesOrIsRefusedByName() throws Exception {
    Path archive = ReferenceModels.folder().resolve("onnx-node.zip");
    try (ZipFile zip = new ZipFile(archive.toFile());
        TileEngine engine = new DjlTileEngine(1)) {
      for (String path : cases(zip)) {
        check(Case.read(zip, path), engine);
      }
    }
    System.out.printf(
        "ONNX conformance: %d matched, %d refused, %d failed%n",
        matched.size(), refused.size(), failed.size());
    refused.forEach((name, why) -> System.out.println("  refused " + name + ": " + why));
    failed.forEach((name, why) -> System.out.println("  failed " + name + ": " + why));
    assertThat(failed).isEmpty();
    // the others are of other element types
    refused.forEach(
        (name, why) -> assertThat(why).as(name).contains(REFUSED.getOrDefault(name, "of float")));
    assertThat(refused.keySet()).containsAll(REFUSED.keySet());
  }

  private static Set<String> cases(ZipFile zip) {
    return zip.stream()
        .map(ZipEntry::getName)
        .filter(name -> name.endsWith("/model.onnx"))
        .map(name -> name.substring(0, name.length() - "/model.onnx".length()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void check(Case test, TileEngine engine) throws Exception {
    for (Turn turn : test.turns()) {
      Path file = folder.resolve("case.onnx");
      Files.write(file, turn.model().toByteArray());
      try {
        Model model =
            new OnnxImporter(folder.resolve("store"))
                .open(file, ImportOptions.NONE, JobMonitor.SILENT);
        double error = error(test, turn.picture(), model, engine);
        if (error < TOLERANCE) {
          matched.add(test.name());
        } else {
          failed.put(test.name(), "%s as picture: error %g".formatted(turn.name(), error));
        }
      } catch (UnsupportedModelException e) {
        assertThat(e.uses())
            .as(test.name())
            .anyMatch(use -> test.operators().contains(use.operator()));
        refused.putIfAbsent(test.name(), e.getMessage());
      } catch (ModelFileException e) {
        refused.putIfAbsent(test.name(), e.getMessage());
      } catch (RuntimeException | IOException e) {
        failed.put(test.name(), turn.name() + " as picture: " + e);
      }
    }
    if (matched.contains(test.name()) || failed.containsKey(test.name())) {
      refused.remove(test.name());
    }
  }

  private static double error(Case test, float[] picture, Model model, TileEngine engine)
      throws Exception {
    double error = error(test, picture, model, engine, 1);
    for (int devices : new int[] {2, 3}) {
      try {
        error = Math.max(error, error(test, picture, model, engine, devices));
      } catch (InfeasiblePlanException e) {
        // fewer rows than devices
        break;
      }
    }
    return error;
  }

  private static double error(Case test, float[] input, Model model, TileEngine engine, int devices)
      throws Exception {
    double error = 0;
    try (ModelCluster cluster = new ModelCluster(engine, model, devices)) {
      int elements = model.graph().input().elements();
      List<List<float[]>> results = new ArrayList<>();
      for (int start = 0; start < input.length; start += elements) {
        float[] one = new float[elements];
        System.arraycopy(input, start, one, 0, elements);
        results.add(cluster.run(HostTensor.ofChw(model.graph().input(), one)));
      }
      for (int i = 0; i < model.graph().outputs().size(); i++) {
        float[] expected = Protos.values(test.outputs().get(i));
        float[] actual = joined(results, i);
        error = Math.max(error, Closeness.error(actual, expected));
      }
    }
    return error;
  }

  private static float[] joined(List<List<float[]>> results, int output) {
    int length = results.get(0).get(output).length;
    float[] all = new float[length * results.size()];
    for (int i = 0; i < results.size(); i++) {
      System.arraycopy(results.get(i).get(output), 0, all, i * length, length);
    }
    return all;
  }

  /**
   * One case.
   *
   * @param name its folder
   * @param model the network, whose inputs are {@code inputs}
   * @param inputs values of the inputs; those that are no tensors are left out
   * @param outputs expected values
   */
  private record Case(
      String name, ModelProto model, List<TensorProto> inputs, List<TensorProto> outputs) {
    static Case read(ZipFile zip, String path) throws IOException {
      ModelProto model;
      try (var in = zip.getInputStream(zip.getEntry(path + "/model.onnx"))) {
        model = ModelProto.parseFrom(in);
      }
      return new Case(
          path.substring(path.lastIndexOf('/') + 1),
          model,
          tensors(zip, path + "/test_data_set_0/input_"),
          tensors(zip, path + "/test_data_set_0/output_"));
    }

    private static List<TensorProto> tensors(ZipFile zip, String prefix) throws IOException {
      List<TensorProto> tensors = new ArrayList<>();
      while (true) {
        ZipEntry entry = zip.getEntry(prefix + tensors.size() + ".pb");
        if (entry == null) {
          return tensors;
        }
        try (var in = zip.getInputStream(entry)) {
          tensors.add(TensorProto.parseFrom(in));
        } catch (InvalidProtocolBufferException e) {
          // a sequence or an optional value
          tensors.add(TensorProto.getDefaultInstance());
        }
      }
    }

    /** Inputs of the graph that are not constants already. */
    private List<ValueInfoProto> free() {
      Set<String> constants =
          model.getGraph().getInitializerList().stream()
              .map(TensorProto::getName)
              .collect(Collectors.toSet());
      return model.getGraph().getInputList().stream()
          .filter(input -> !constants.contains(input.getName()))
          .toList();
    }

    boolean isReal(int input) {
      return inputs.get(input).getDataType() == TensorProto.DataType.FLOAT.getNumber()
          && Protos.values(inputs.get(input)).length > 0;
    }

    Set<String> operators() {
      return model.getGraph().getNodeList().stream()
          .map(node -> node.getOpType())
          .collect(Collectors.toSet());
    }

    /** Each input of real numbers as the picture, and then all of them joined to one. */
    List<Turn> turns() {
      List<ValueInfoProto> free = free();
      List<Integer> real = new ArrayList<>();
      for (int i = 0; i < free.size(); i++) {
        if (isReal(i)) {
          real.add(i);
        }
      }
      List<Turn> turns = new ArrayList<>();
      for (int picture : real.isEmpty() ? List.of(0) : real) {
        var graph = withoutInputs(free, List.of(picture)).addInput(free.get(picture));
        turns.add(
            new Turn(
                "input " + picture,
                model.toBuilder().setGraph(graph).build(),
                real.isEmpty() ? new float[0] : Protos.values(inputs.get(picture))));
      }
      if (real.size() > 1) {
        turns.add(joined(free, real));
      }
      return turns;
    }

    /** Makes constants of all inputs but some, which it leaves out. */
    private GraphProto.Builder withoutInputs(List<ValueInfoProto> free, List<Integer> some) {
      GraphProto.Builder graph = model.getGraph().toBuilder().clearInput();
      for (int i = 0; i < free.size(); i++) {
        if (!some.contains(i)) {
          graph.addInitializer(inputs.get(i).toBuilder().setName(free.get(i).getName()));
        }
      }
      return graph;
    }

    /** One long row of elements, of which each input is a part. */
    private Turn joined(List<ValueInfoProto> free, List<Integer> real) {
      GraphProto.Builder graph = withoutInputs(free, real).clearNode();
      List<float[]> parts = real.stream().map(i -> Protos.values(inputs.get(i))).toList();
      float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
      int start = 0;
      for (int i = 0; i < real.size(); i++) {
        String name = free.get(real.get(i)).getName();
        int length = parts.get(i).length;
        System.arraycopy(parts.get(i), 0, all, start, length);
        graph.addInitializer(
            Protos.wholes(name + ".at", LongStream.range(start, start + length).toArray()));
        graph.addInitializer(
            Protos.wholes(
                name + ".shape",
                inputs.get(real.get(i)).getDimsList().stream().mapToLong(dim -> dim).toArray()));
        graph.addNode(
            Protos.node(
                "Gather", List.of("row", name + ".at"), name + ".part", Protos.whole("axis", 1)));
        graph.addNode(Protos.node("Reshape", List.of(name + ".part", name + ".shape"), name));
        start += length;
      }
      graph.addAllNode(model.getGraph().getNodeList()).addInput(Protos.value("row", 1, all.length));
      return new Turn("all inputs", model.toBuilder().setGraph(graph).build(), all);
    }
  }

  /**
   * A case with one input.
   *
   * @param name of the input
   * @param model the network
   * @param picture values of the input
   */
  private record Turn(String name, ModelProto model, float[] picture) {}
}
