/** How the parts of a model are called in plain words, alike in the window and on the terminal. */
package org.edgeld.workbench.words;
