/** Small building blocks of the views. */
package org.edgeld.workbench.ui.widget;
