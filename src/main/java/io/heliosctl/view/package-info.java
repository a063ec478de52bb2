/// Every word the operator reads, as text and as its JSON twin.
package io.heliosctl.view;
