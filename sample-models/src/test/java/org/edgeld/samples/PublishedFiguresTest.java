package org.edgeld.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.data.Offset;
import org.edgeld.geometry.OperatorCost;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorShape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Our networks are those of the literature: size and work at 224×224 equal published figures.
 *
 * <table>
 * <caption>Sources</caption>
 * <tr><th>column</th><th>source</th></tr>
 * <tr><td>parameters</td><td>torchvision documentation, "Models and pre-trained weights", field
 * {@code num_params} of the ImageNet weights</td></tr>
 * <tr><td>millions in the paper</td><td>VGG: Simonyan &amp; Zisserman, ICLR 2015, table 2 (A 133, B
 * 133, D 138, E 144); AlexNet: torchvision documentation, table column "Params" (61.1)</td></tr>
 * <tr><td>giga multiply-adds</td><td>torchvision documentation, same table, column "GFLOPS" (its
 * field {@code _ops}), which counts one multiply-add of a convolution or linear layer as one, without
 * bias</td></tr>
 * </table>
 */
class PublishedFiguresTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "vgg11, 132863336, 133, 7.609",
    "vgg13, 133047848, 133, 11.308",
    "vgg16, 138357544, 138, 15.470",
    "vgg19, 143667240, 144, 19.632",
    "alexnet, 61100840, 61, 0.714",
  })
  void sizeAndWorkEqualThePublishedFigures(
      String id, long parameters, long millions, double gigaMultiplyAdds) {
    ModelGraph graph = SampleModels.find(id).orElseThrow().create(224).graph();

    assertThat(graph.parameters()).isEqualTo(parameters);
    assertThat(Math.round(graph.parameters() / 1e6)).isEqualTo(millions);
    assertThat(multiplyAdds(graph) / 1e9).isCloseTo(gigaMultiplyAdds, Offset.offset(0.0005));
  }

  /** Takes bias and pooling, which the published figures leave out, off our own count. */
  private static long multiplyAdds(ModelGraph graph) {
    List<TensorShape> shapes = graph.shapes();
    long sum = 0;
    for (int i = 0; i < graph.layers().size(); i++) {
      Operator operator = graph.layers().get(i).operator();
      if (operator instanceof Operator.Conv2d || operator instanceof Operator.Linear) {
        TensorShape output = shapes.get(i + 1);
        sum += OperatorCost.flops(graph, shapes, i, output.height()) / 2 - output.elements();
      }
    }
    return sum;
  }
}
