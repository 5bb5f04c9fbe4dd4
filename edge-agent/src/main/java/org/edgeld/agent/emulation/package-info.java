/**
 * Makes this computer pretend to be a weaker board, honestly and without root. What is emulated and
 * what is not stands at each class; everything that ran emulated is labelled so.
 */
package org.edgeld.agent.emulation;
