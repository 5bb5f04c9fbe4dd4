package org.edgeld.workbench.history;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.edgeld.workbench.json.JsonDefectException;
import org.edgeld.workbench.json.JsonDocument;
import org.edgeld.workbench.json.JsonFields;
import org.edgeld.workbench.results.JsonFile;

/** Name and tags of a run, and the pin, each a small file that is replaced as a whole. */
final class NotesFiles {
  private static final String NOTES = "edgeld-notes";
  private static final String PIN = "edgeld-pin";
  private static final int VERSION = 1;

  private NotesFiles() {}

  /** Reads the notes of a run; {@link RunNotes#NONE} if there is no file. */
  static RunNotes readNotes(Path file) throws JsonDefectException {
    if (!Files.exists(file)) {
      return RunNotes.NONE;
    }
    JsonFields json = JsonDocument.read(file, "notes");
    Versions.check(json, NOTES, VERSION);
    try {
      return new RunNotes(json.text("name"), json.texts("tags"));
    } catch (IllegalArgumentException e) {
      throw new JsonDefectException(e.getMessage(), e);
    }
  }

  static void writeNotes(Path file, RunNotes notes) throws IOException {
    ObjectNode json = document(NOTES);
    json.put("name", notes.name());
    notes.tags().forEach(json.putArray("tags")::add);
    JsonFile.write(file, json);
  }

  /** Reads the number of the pinned run; empty if none is. */
  static OptionalInt readPin(Path file) throws JsonDefectException {
    if (!Files.exists(file)) {
      return OptionalInt.empty();
    }
    JsonFields json = JsonDocument.read(file, "pin");
    Versions.check(json, PIN, VERSION);
    return json.hasValue("run")
        ? OptionalInt.of(json.whole("run", 1, Integer.MAX_VALUE))
        : OptionalInt.empty();
  }

  static void writePin(Path file, OptionalInt number) throws IOException {
    ObjectNode json = document(PIN);
    if (number.isPresent()) {
      json.put("run", number.getAsInt());
    } else {
      json.putNull("run");
    }
    JsonFile.write(file, json);
  }

  private static ObjectNode document(String format) {
    return JsonNodeFactory.instance.objectNode().put("format", format).put("version", VERSION);
  }
}
