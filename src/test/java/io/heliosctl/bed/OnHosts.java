package io.heliosctl.bed;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/// A test class that needs the hosts test bed; its constructor or its methods may take a [HostsBed], which all
/// classes share. The bed is as the class before left it: call [HostsBed#reset()] first.
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Tag("hosts")
@ExtendWith(HostsExtension.class)
public @interface OnHosts {}
