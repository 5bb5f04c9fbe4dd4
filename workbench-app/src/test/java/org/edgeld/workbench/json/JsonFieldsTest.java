package org.edgeld.workbench.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("core")
class JsonFieldsTest {
  private static JsonFields fields(String json) throws Exception {
    return JsonDocument.of(new ObjectMapper().readTree(json.replace('\'', '"')), "The file");
  }

  /** Asks for a value in the way that its field's name says. */
  private static Object ask(JsonFields json) throws JsonDefectException {
    if (json.has("text")) {
      return json.text("text");
    } else if (json.has("flag")) {
      return json.flag("flag");
    } else if (json.has("whole")) {
      return json.whole("whole", 1, 9);
    } else if (json.has("long")) {
      return json.wholeLong("long", 0);
    } else if (json.has("number")) {
      return json.number("number", -1, 1.5);
    } else if (json.has("two")) {
      return json.wholes("two", 2, 0, 9);
    } else if (json.has("wholes")) {
      return json.wholes("wholes", 0, 9);
    } else if (json.has("numbers")) {
      return json.numbers("numbers", 0, 9);
    } else if (json.has("pairs")) {
      return json.wholeLongLists("pairs", 2, 0);
    } else if (json.has("texts")) {
      return json.texts("texts");
    } else if (json.has("objects")) {
      return json.objects("objects").size();
    } else if (json.has("mixed")) {
      return json.textsOrObjects("mixed").size();
    }
    return json.textByName("names");
  }

  @Test
  void whatIsThereIsReadAsItIsMeant() throws Exception {
    assertThat(ask(fields("{'text': 'a'}"))).isEqualTo("a");
    assertThat(ask(fields("{'flag': true}"))).isEqualTo(true);
    assertThat(ask(fields("{'whole': 9}"))).isEqualTo(9);
    assertThat(ask(fields("{'long': 9000000000}"))).isEqualTo(9_000_000_000L);
    assertThat(ask(fields("{'number': -1}"))).isEqualTo(-1.0);
    assertThat(ask(fields("{'two': [0, 9]}"))).isEqualTo(List.of(0, 9));
    assertThat(ask(fields("{'wholes': []}"))).isEqualTo(List.of());
    assertThat(ask(fields("{'numbers': [1, 2.5]}"))).isEqualTo(List.of(1.0, 2.5));
    assertThat(ask(fields("{'pairs': [[1, 2], [3, 4]]}")))
        .isEqualTo(List.of(List.of(1L, 2L), List.of(3L, 4L)));
    assertThat(ask(fields("{'texts': ['a', 'b']}"))).isEqualTo(List.of("a", "b"));
    assertThat(ask(fields("{'objects': [{}, {}]}"))).isEqualTo(2);
    assertThat(ask(fields("{'mixed': ['a', {}]}"))).isEqualTo(2);
    assertThat(ask(fields("{'names': {'b': '1', 'a': '2'}}")))
        .isEqualTo(Map.of("a", "2", "b", "1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'text': 7}              | text (7) is no text. Maybe quotation marks are missing.
          {'flag': 0}              | flag (0) is neither true nor false. Maybe false.
          {'whole': 10}            | whole (10) is no whole number from 1 to 9. Maybe 1.
          {'whole': 1.5}           | whole (1.5) is no whole number from 1 to 9. Maybe 1.
          {'long': -1}             | long (-1) is no whole number of at least 0. Maybe 0.
          {'number': 2}            | number (2) is no number from -1.0 to 1.5. Maybe 0.0.
          {'two': [1]}             | two ([1]) is no list of 2 numbers. Maybe a number is missing.
          {'two': [1, 10]}         | two[1] (10) is no whole number from 0 to 9. Maybe 0.
          {'wholes': 3}            | wholes (3) is no list. Maybe brackets are missing.
          {'numbers': [1, 'a']}    | numbers[1] ("a") is no number from 0.0 to 9.0. Maybe 0.0.
          {'pairs': [[1, 2], [3]]} | pairs[1] ([3]) is no list of 2 numbers. Maybe a number is missing.
          {'pairs': [[1, -2]]}     | pairs[0][1] (-2) is no whole number of at least 0. Maybe 0.
          {'texts': ['a', null]}   | texts[1] (null) is no text. Maybe quotation marks are missing.
          {'objects': [{}, []]}    | objects[1] ([]) is no object. Maybe braces are missing.
          {'mixed': ['a', 7]}      | mixed[1] (7) is neither a text nor an object. Maybe quotation marks are missing.
          {'names': {'a': 7}}      | names.a (7) is no text. Maybe quotation marks are missing.
          {'other': 7}             | names is missing. Maybe the file is of another kind.
          """)
  void whatIsWrongIsNamedByItsPathWithAWayOut(String json, String sentence) throws Exception {
    JsonFields fields = fields(json);
    assertThatThrownBy(() -> ask(fields))
        .isInstanceOf(JsonDefectException.class)
        .hasMessage("The file: " + sentence);
  }

  @Test
  void longValuesAreCutOffInErrors() throws Exception {
    JsonFields fields = fields("{'flag': '%s'}".formatted("a".repeat(99)));
    assertThatThrownBy(() -> fields.flag("flag"))
        .hasMessageStartingWith("The file: flag (\"aaaa")
        .hasMessageContaining("a…) is neither");
  }

  @Test
  void whatNobodyAskedForIsRefusedAtTheEnd() throws Exception {
    JsonFields fields = fields("{'rows': {'first': '1', 'lsat': '2'}}");
    JsonFields rows = fields.object("rows");
    assertThat(rows.text("first")).isEqualTo("1");
    assertThat(rows.has("last")).isFalse();
    assertThatThrownBy(rows::end)
        .hasMessage("The file: rows.lsat is not known. Maybe \"last\". Allowed: first, last.");
    fields.end();
  }
}
