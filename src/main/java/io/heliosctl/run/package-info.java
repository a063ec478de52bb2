/// Plans, checks, makes, journals and takes back a run, and says what came of it.
package io.heliosctl.run;
