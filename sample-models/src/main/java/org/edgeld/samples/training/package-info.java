/**
 * The program that trained this module's small networks, and what it takes: the data set's files,
 * the batches, the optimiser's loop, the files it leaves. Needs DJL with PyTorch; the models do
 * not.
 */
package org.edgeld.samples.training;
