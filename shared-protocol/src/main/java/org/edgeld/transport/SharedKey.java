package org.edgeld.transport;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret that workbench and agents of one cluster have in common: 256 random bits, kept in a
 * file as 64 hexadecimal digits that only its owner may read. It never travels; both sides prove by
 * HMAC-SHA-256 that they have it.
 */
public final class SharedKey {
  /** Bytes of a key. */
  public static final int KEY_BYTES = 32;

  /** Bytes of a nonce and of a code. */
  static final int CODE_BYTES = 32;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final byte[] secret;

  private SharedKey(byte[] secret) {
    this.secret = secret.clone();
  }

  /**
   * A key and where it came from.
   *
   * @param key the key
   * @param created whether the file did not exist and was made
   */
  public record Loaded(SharedKey key, boolean created) {}

  /** Makes a key at random. */
  public static SharedKey random() {
    return new SharedKey(randomBytes(KEY_BYTES));
  }

  /**
   * Reads a key from its hexadecimal digits; white space around them is ignored.
   *
   * @throws IllegalArgumentException if they are not 64 hexadecimal digits
   */
  public static SharedKey parse(String hex) {
    String digits = hex.strip();
    if (digits.length() != 2 * KEY_BYTES) {
      throw new IllegalArgumentException("A key has 64 hexadecimal digits.");
    }
    return new SharedKey(HexFormat.of().parseHex(digits));
  }

  /**
   * Reads a key file.
   *
   * @throws IOException in one sentence, if the file is missing, unreadable or no key
   */
  public static SharedKey load(Path file) throws IOException {
    String text;
    try {
      if (Files.size(file) > 1024) {
        throw new IOException("The key file " + file + " is too long. Maybe it is not a key file.");
      }
      text = Files.readString(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new IOException(
          "The key file " + file + " does not exist. Maybe copy it from the agent's machine.", e);
    } catch (FileSystemException | CharacterCodingException e) {
      throw new IOException(
          "The key file " + file + " cannot be read. Maybe it belongs to another user.", e);
    }
    try {
      return parse(text);
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "The key file " + file + " holds no key of 64 hexadecimal digits. Maybe it is damaged.",
          e);
    }
  }

  /**
   * Reads a key file, or makes it with a random key; folders above it are made, too.
   *
   * @throws IOException in one sentence, if it can be neither read nor made
   */
  public static Loaded loadOrCreate(Path file) throws IOException {
    if (Files.exists(file)) {
      return new Loaded(load(file), false);
    }
    SharedKey key = random();
    try {
      key.save(file);
    } catch (FileAlreadyExistsException e) {
      // another process was quicker: its key counts
      return new Loaded(load(file), false);
    }
    return new Loaded(key, true);
  }

  /**
   * Writes a new key file that only its owner may read; folders above it are made, too.
   *
   * @throws FileAlreadyExistsException if there is a file already
   * @throws IOException in one sentence, if it cannot be written
   */
  public void save(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    try {
      Files.createDirectories(folder);
    } catch (FileSystemException e) {
      throw cannotBeWritten(file, e);
    }
    try {
      // asking the file's own store instead fails in a chroot, whose mount point cannot be found
      boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
      FileAttribute<?>[] attributes =
          posix
              ? new FileAttribute<?>[] {
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
              }
              : new FileAttribute<?>[0];
      Set<OpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      try (var channel = Files.newByteChannel(file, options, attributes)) {
        channel.write(StandardCharsets.US_ASCII.encode(hex() + "\n"));
      }
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (FileSystemException e) {
      throw cannotBeWritten(file, e);
    }
  }

  private static IOException cannotBeWritten(Path file, IOException cause) {
    return new IOException(
        "The key file " + file + " cannot be written. Maybe the folder is read-only.", cause);
  }

  /** Returns the secret's hexadecimal digits, to be handed to a person or a child process. */
  public String hex() {
    return HexFormat.of().formatHex(secret);
  }

  /** Returns eight digits by which people can tell keys apart; they do not reveal the key. */
  public String fingerprint() {
    return HexFormat.of().formatHex(code("edgeld fingerprint"), 0, 4);
  }

  /** Returns HMAC-SHA-256 over the label and the parts, each preceded by its length. */
  byte[] code(String label, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      update(mac, label.getBytes(StandardCharsets.UTF_8));
      for (byte[] part : parts) {
        update(mac, part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has HMAC-SHA-256.", e);
    }
  }

  private static void update(Mac mac, byte[] part) {
    // with lengths, no two lists of parts give the same bytes
    mac.update((byte) (part.length >>> 8));
    mac.update((byte) part.length);
    mac.update(part);
  }

  /** Compares codes in a time that does not depend on where they differ. */
  static boolean sameCode(byte[] a, byte[] b) {
    return MessageDigest.isEqual(a, b);
  }

  static byte[] nonce() {
    return randomBytes(CODE_BYTES);
  }

  private static byte[] randomBytes(int count) {
    byte[] bytes = new byte[count];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SharedKey key && MessageDigest.isEqual(secret, key.secret);
  }

  @Override
  public int hashCode() {
    return fingerprint().hashCode();
  }

  /** Returns the fingerprint, not the secret. */
  @Override
  public String toString() {
    return "SharedKey " + fingerprint();
  }
}
