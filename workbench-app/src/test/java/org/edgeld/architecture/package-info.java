/** The project's rules about itself, over the classes of all modules. Each says why it exists. */
package org.edgeld.architecture;
