package dev.orchestrator.standalone;

import java.util.Arrays;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a driver. */
final class DriverNames implements ITypeConverter<Serve.Driver> {

    @Override
    public Serve.Driver convert(String name) {
        return Arrays.stream(Serve.Driver.values())
                .filter(driver -> driver.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException(
                        "\"" + name + "\" is not one of " + Arrays.toString(Serve.Driver.values())));
    }
}
