/**
 * The built-in networks: well-known architectures with seeded weights and small networks that were
 * truly trained. Each family is one file that reads like the table of its paper, and {@link
 * org.edgeld.samples.SampleModels} lists them all.
 */
package org.edgeld.samples;
