/**
 * What a convolutional network is: operators over named tensors, their shapes and where their
 * weights come from. A model is data only; geometry, cost and execution live elsewhere.
 */
package org.edgeld.model;
