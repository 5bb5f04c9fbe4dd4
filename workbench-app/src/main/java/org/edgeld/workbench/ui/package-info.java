/**
 * The window. One package a feature, each view beside its view-model; views lay out and bind,
 * view-models hold state and commands and know no controls.
 */
package org.edgeld.workbench.ui;
