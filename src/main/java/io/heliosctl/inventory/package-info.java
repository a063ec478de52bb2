/// The clusters an operator has written down: read strictly, layered, checked, and selected by name.
package io.heliosctl.inventory;
