package org.edgeld.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SharedKeyTest {
  @TempDir Path folder;

  @Test
  void aMissingKeyIsMadeAndFoundAgain() throws Exception {
    Path file = folder.resolve("a/b/key");

    SharedKey.Loaded first = SharedKey.loadOrCreate(file);
    SharedKey.Loaded second = SharedKey.loadOrCreate(file);

    assertThat(first.created()).isTrue();
    assertThat(second).isEqualTo(new SharedKey.Loaded(first.key(), false));
    assertThat(SharedKey.load(file)).isEqualTo(first.key());
    assertThat(Files.readString(file)).hasSize(65).matches("[0-9a-f]{64}\n");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void onlyTheOwnerReadsTheKey() throws Exception {
    Path file = folder.resolve("key");
    SharedKey.loadOrCreate(file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void theSecretIsNotInTheText() {
    SharedKey key = SharedKey.random();
    assertThat(key.toString()).isEqualTo("SharedKey " + key.fingerprint());
    assertThat(key.hex()).doesNotContain(key.fingerprint());
    assertThat(key.fingerprint()).hasSize(8);
  }

  @Test
  void codesDependOnKeyLabelAndEveryPart() {
    SharedKey key = SharedKey.random();
    byte[] code = key.code("label", new byte[] {1, 2}, new byte[] {3});
    assertThat(SharedKey.parse(key.hex()).code("label", new byte[] {1, 2}, new byte[] {3}))
        .isEqualTo(code);
    assertThat(key.code("label", new byte[] {1}, new byte[] {2, 3})).isNotEqualTo(code);
    assertThat(key.code("other", new byte[] {1, 2}, new byte[] {3})).isNotEqualTo(code);
    assertThat(SharedKey.random().code("label", new byte[] {1, 2}, new byte[] {3}))
        .isNotEqualTo(code);
  }

  @Test
  void whatIsWrongWithAFileIsSaid() throws Exception {
    Path file = folder.resolve("key");
    assertThatThrownBy(() -> SharedKey.load(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("does not exist");
    assertThatThrownBy(() -> SharedKey.load(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("The key file " + folder);
    Files.writeString(file, "not a key");
    assertThatThrownBy(() -> SharedKey.load(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("64 hexadecimal digits");
    Files.write(file, new byte[4096]);
    assertThatThrownBy(() -> SharedKey.load(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("too long");
    assertThatThrownBy(() -> SharedKey.loadOrCreate(file.resolve("below")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot be written");
  }
}
