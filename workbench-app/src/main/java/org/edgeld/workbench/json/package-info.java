/** JSON documents read strictly: whatever is missing, unknown or out of range is named. */
package org.edgeld.workbench.json;
