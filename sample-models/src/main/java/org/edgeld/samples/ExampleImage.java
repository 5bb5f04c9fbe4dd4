package org.edgeld.samples;

import java.net.URL;

/**
 * A picture that a trained network was not trained on, with its true class.
 *
 * @param label the class, one of the model's labels
 * @param location where the picture file is, usually inside a jar
 */
public record ExampleImage(String label, URL location) {}
