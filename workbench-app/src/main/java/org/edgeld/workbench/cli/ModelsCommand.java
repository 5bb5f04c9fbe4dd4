package org.edgeld.workbench.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.edgeld.geometry.OperatorCost;
import org.edgeld.model.Layer;
import org.edgeld.model.Model;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorShape;
import org.edgeld.samples.SampleModel;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.results.JsonFile;
import org.edgeld.workbench.words.OperatorWords;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "models",
    description = "Lists the models, or the layers of one.",
    footer = {
      "%nExamples:",
      "  workbench models",
      "  workbench models vgg16 --input-size 448",
      "  workbench models net.onnx --height 240 --width 320"
    })
final class ModelsCommand implements Callable<Integer> {
  private final CliContext context;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME|FILE",
      description = "Model or .onnx file whose layers to list.")
  private Optional<String> name = Optional.empty();

  @Mixin private InputSizeOptions size = new InputSizeOptions();

  @Option(names = "--json", paramLabel = "FILE", description = "Write the list.")
  private Optional<Path> json = Optional.empty();

  ModelsCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws BadInputException, JobCancelledException {
    ResultFiles.checkWritable(json);
    if (name.isEmpty()) {
      size.checkNone();
    }
    ArrayNode document = JsonNodeFactory.instance.arrayNode();
    String text =
        name.isEmpty() ? catalogue(document) : layers(size.of(name.get()).open(context), document);
    context.console().print(text);
    return new ResultFiles(context.console())
        .write(json, file -> JsonFile.write(file, document), () -> document.toPrettyString() + "\n")
        .exitCode();
  }

  private String catalogue(ArrayNode document) {
    TextTable table =
        new TextTable("model", "title", "input", "layers", "million parameters", "GFLOPs");
    for (SampleModel sample : context.catalogue().models()) {
      ModelGraph graph = sample.create(sample.defaultInputSize()).graph();
      long flops = OperatorCost.flops(graph);
      table.row(
          sample.id(),
          sample.title(),
          graph.input().toString(),
          Integer.toString(graph.layers().size()),
          Quantity.millions(graph.parameters()),
          Quantity.giga(flops));
      document
          .addObject()
          .put("model", sample.id())
          .put("title", sample.title())
          .put("description", sample.description())
          .put("inputSize", sample.defaultInputSize())
          .put("layers", graph.layers().size())
          .put("parameters", graph.parameters())
          .put("flops", flops);
    }
    return table.toString();
  }

  private static String layers(Model model, ArrayNode document) {
    ModelGraph graph = model.graph();
    List<TensorShape> shapes = graph.shapes();
    TextTable table = new TextTable("layer", "operator", "output", "million parameters", "GFLOPs");
    for (int i = 0; i < graph.layers().size(); i++) {
      Layer layer = graph.layers().get(i);
      TensorShape output = shapes.get(i + 1);
      long parameters = layer.weightBytes() / TensorShape.ELEMENT_BYTES;
      long flops = OperatorCost.flops(graph, shapes, i, output.height());
      String operator = OperatorWords.of(layer.operator());
      table.row(
          layer.name(),
          operator,
          output.toString(),
          Quantity.millions(parameters),
          Quantity.giga(flops));
      ObjectNode json = document.addObject();
      json.put("layer", layer.name());
      json.put("operator", operator);
      json.putArray("output").add(output.channels()).add(output.height()).add(output.width());
      json.put("parameters", parameters);
      json.put("flops", flops);
    }
    return "%s, input %s, %s million parameters, %s GFLOPs\n\n%s"
        .formatted(
            graph.name(),
            graph.input(),
            Quantity.millions(graph.parameters()),
            Quantity.giga(OperatorCost.flops(graph)),
            table);
  }
}
