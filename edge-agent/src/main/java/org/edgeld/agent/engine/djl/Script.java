package org.edgeld.agent.engine.djl;

import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A TorchScript module made from source text: the way to PyTorch operators that DJL has no call
 * for. A module file is a zip archive of the source and of two pickled objects, here an instance
 * without parameters and an empty tuple of constants.
 */
final class Script {
  private static final String NAME = "script";
  private static final String TYPE = "Script";

  /** Version 3 of the archive's form; every PyTorch since 1.6 reads it. */
  private static final String ARCHIVE_VERSION = "3\n";

  private static final String HEAD =
      """
      class Script(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
      """;

  private Script() {}

  /**
   * Compiles methods.
   *
   * @param methods TorchScript, indented as members of a class; {@code self} is of type {@code
   *     __torch__.Script}
   * @return the module, closed with the manager
   * @throws ai.djl.engine.EngineException if PyTorch does not accept the source, as when it was
   *     built without an operator
   */
  static PtSymbolBlock compile(PtNDManager manager, String methods) {
    try {
      return JniUtils.loadModule(
          manager, new ByteArrayInputStream(archive(HEAD + methods)), false, false);
    } catch (IOException e) {
      throw new UncheckedIOException("PyTorch could not read a script from memory.", e);
    }
  }

  private static byte[] archive(String source) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      put(zip, "version", ARCHIVE_VERSION.getBytes(StandardCharsets.US_ASCII));
      put(zip, "data.pkl", instance());
      put(zip, "constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
      put(zip, "code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    zip.putNextEntry(new ZipEntry(NAME + "/" + name));
    zip.write(bytes);
    zip.closeEntry();
  }

  /** Returns, pickled by protocol 2, a new {@code __torch__.Script} with {@code training=False}. */
  private static byte[] instance() throws IOException {
    ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    pickle.write(new byte[] {(byte) 0x80, 2});
    pickle.write(("c__torch__\n" + TYPE + "\n").getBytes(StandardCharsets.US_ASCII));
    // the class called without arguments
    pickle.write(new byte[] {')', (byte) 0x81});
    // its state, a dictionary of one entry
    byte[] key = "training".getBytes(StandardCharsets.US_ASCII);
    pickle.write(new byte[] {'}', '(', 'X', (byte) key.length, 0, 0, 0});
    pickle.write(key);
    pickle.write(new byte[] {(byte) 0x89, 'u', 'b', '.'});
    return pickle.toByteArray();
  }
}
