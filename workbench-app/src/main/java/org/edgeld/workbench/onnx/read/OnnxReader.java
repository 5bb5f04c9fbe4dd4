package org.edgeld.workbench.onnx.read;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.edgeld.workbench.onnx.graph.DefectException;
import org.edgeld.workbench.onnx.graph.ModelFileException;
import org.edgeld.workbench.onnx.graph.OnnxFunction;
import org.edgeld.workbench.onnx.graph.OnnxGraph;
import org.edgeld.workbench.onnx.graph.OnnxModel;

/** Reads an ONNX file, except for the elements of its tensors, which are read when asked for. */
public final class OnnxReader {
  private final Path path;
  private final GraphFields.Source source;
  private final Map<String, Integer> versions = new HashMap<>();
  private final List<OnnxFunction> functions = new ArrayList<>();
  private String producer = "";
  private Optional<OnnxGraph> graph = Optional.empty();

  private OnnxReader(Path path, GraphFields.Source source) {
    this.path = path;
    this.source = source;
  }

  /**
   * Reads a file.
   *
   * @throws ModelFileException with a sentence for the user if the file cannot be read, is no ONNX
   *     file, or is damaged
   */
  public static OnnxModel read(Path path) throws ModelFileException {
    long sizeBytes = size(path);
    try (InputStream stream = Files.newInputStream(path)) {
      Wire wire = new Wire(stream, (int) sizeBytes);
      DataFile file = new DataFile(path, sizeBytes);
      return new OnnxReader(
              path, new GraphFields.Source(wire, file, new ExternalFiles(path), new ReadBudget()))
          .read();
    } catch (IOException e) {
      throw new ModelFileException(
          "Cannot read %s: %s. Maybe the disk or the network share is gone."
              .formatted(path, e.getMessage()),
          e);
    }
  }

  private static long size(Path path) throws ModelFileException {
    if (!Files.exists(path)) {
      throw new ModelFileException(
          "Cannot read %s: there is no such file. Maybe check the spelling.".formatted(path));
    }
    if (!Files.isRegularFile(path)) {
      throw new ModelFileException(
          "Cannot read %s: it is no ordinary file. Maybe it is a folder.".formatted(path));
    }
    if (!Files.isReadable(path)) {
      throw new ModelFileException(
          "Cannot read %s: reading is not permitted. Maybe it belongs to another user."
              .formatted(path));
    }
    try {
      long sizeBytes = Files.size(path);
      if (sizeBytes > Integer.MAX_VALUE) {
        throw new ModelFileException(
            "%s has %d bytes, more than the 2 GiB that the format allows. Maybe keep the weights in a file of their own."
                .formatted(path, sizeBytes));
      }
      return sizeBytes;
    } catch (IOException e) {
      throw new ModelFileException("Cannot read %s: %s.".formatted(path, e.getMessage()), e);
    }
  }

  private OnnxModel read() throws IOException, ModelFileException {
    try {
      source.wire().fields(this::field);
      OnnxGraph network = graph.orElseThrow(() -> new DefectException("it holds no network"));
      if (versions.isEmpty()) {
        throw new DefectException("it names no version of ONNX's operators");
      }
      List<Path> files = new ArrayList<>(List.of(path));
      files.addAll(source.external().paths());
      return new OnnxModel(producer, versions, network, functions, files);
    } catch (InvalidProtocolBufferException e) {
      throw new ModelFileException(
          "%s is no ONNX file or is damaged near byte %d. Maybe it was cut off when copied."
              .formatted(path, source.wire().position()),
          e);
    } catch (DefectException e) {
      throw new ModelFileException("%s cannot be imported: %s.".formatted(path, e.getMessage()), e);
    }
  }

  private void field(int field, int tag) throws IOException, DefectException {
    Wire wire = source.wire();
    switch (field) {
      case ModelProto.PRODUCER_NAME_FIELD_NUMBER -> producer = wire.text();
      case ModelProto.GRAPH_FIELD_NUMBER -> graph = Optional.of(new GraphFields(source).read());
      case ModelProto.FUNCTIONS_FIELD_NUMBER -> functions.add(new FunctionFields(source).read());
      case ModelProto.OPSET_IMPORT_FIELD_NUMBER -> {
        source.budget().countNode();
        OperatorSetIdProto set = OperatorSetIdProto.parseFrom(wire.small());
        versions.put(Domains.usual(set.getDomain()), (int) set.getVersion());
      }
      default -> wire.skip(tag);
    }
  }
}
