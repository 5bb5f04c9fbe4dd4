/**
 * What the researcher chooses before a run: model, strategy, fusion, routing, head, input. The
 * toolbar is its view.
 */
package org.edgeld.workbench.ui.experiment;
