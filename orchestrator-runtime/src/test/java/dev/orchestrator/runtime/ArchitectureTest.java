package dev.orchestrator.runtime;

import java.util.Set;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dev.orchestrator.api.ManifestFormat;
import dev.orchestrator.api.OrchestratorProvider;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** The package edges of the architecture: parts meet through stored objects, and only the root sees them all. */
@AnalyzeClasses(packages = "dev.orchestrator.runtime", importOptions = ArchitectureTest.MainClasses.class)
class ArchitectureTest {

    /** Leaves the tests out, wherever a build puts them. */
    static final class MainClasses implements ImportOption {

        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/");
        }
    }

    private static final String RUNTIME = "dev.orchestrator.runtime";

    /** What every part may use besides itself. */
    private static final Set<String> SHARED = Set.of("store", "loop", "text", "schema");

    /**
     * The edges between parts: handles patch objects and print them; owners are known by the trees of objects; a server
     * reaches containers as handles do; what controllers and the scheduler have in common is theirs, and how much a pod
     * takes is asked by admission and handles, too; revisions are kept as JSON and gone back to by handles, too; tokens
     * are JSON; what roles gather is known where they are evaluated; what custom kinds look like concerns all who look
     * into objects.
     */
    private static boolean isAgreed(JavaClass from, JavaClass to) {
        return switch (part(to)) {
            case "codec" ->
                Set.of("access", "custom", "handle", "ownership", "revision").contains(part(from));
            case "access" -> Set.of("controller.clusterrole", "serving").contains(part(from));
            case "custom" ->
                Set.of("admission", "handle", "ownership", "controller.customresource", "controller.garbage")
                        .contains(part(from));
            case "ownership" -> part(from).equals("handle");
            case "handle" -> part(from).equals("serving");
            case "revision" -> isController(from) || part(from).equals("handle");
            case "claim" -> isController(from) || part(from).equals("revision");
            case "placement" ->
                isController(from) || Set.of("admission", "handle", "scheduler").contains(part(from));
            default -> false;
        };
    }

    private static boolean isController(JavaClass type) {
        return part(type).startsWith("controller.");
    }

    private static final Set<String> BANNED =
            Set.of("util", "utils", "common", "impl", "internal", "helper", "helpers");

    /** {@return the part a class belongs to: {@code store}, {@code controller.deployment}; empty for the root} */
    private static String part(JavaClass type) {
        String name = type.getPackageName();
        if (!name.startsWith(RUNTIME + ".")) {
            return "";
        }
        String[] steps = name.substring(RUNTIME.length() + 1).split("\\.", -1);
        return steps[0].equals("controller") && steps.length > 1 ? "controller." + steps[1] : steps[0];
    }

    private static DescribedPredicate<JavaClass> partIs(String part) {
        return describe("belong to " + part, type -> part(type).equals(part));
    }

    private static final ArchCondition<JavaClass> USE_ONLY_WHAT_IS_SHARED =
            new ArchCondition<>("use no other part but store, loop, text and schema") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    type.getDirectDependenciesFromSelf().forEach(dependency -> {
                        JavaClass target = dependency.getTargetClass();
                        boolean foreign = target.getPackageName().startsWith(RUNTIME)
                                && !part(target).equals(part(type))
                                && !isAgreed(type, target)
                                && !SHARED.contains(part(target));
                        if (foreign) {
                            events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                        }
                    });
                }
            };

    @ArchTest
    static final ArchRule partsMeetOnlyThroughStoredObjects = classes()
            .that(describe("are a part", type -> !part(type).isEmpty()))
            .should(USE_ONLY_WHAT_IS_SHARED);

    @ArchTest
    static final ArchRule theStoreKnowsOnlyTheApi = noClasses()
            .that(partIs("store"))
            .should()
            .dependOnClassesThat(describe(
                    "are of another part",
                    type -> type.getPackageName().startsWith(RUNTIME)
                            && !part(type).equals("store")));

    @ArchTest
    static final ArchRule theLoopKnowsOnlyStoreAndApi = noClasses()
            .that(partIs("loop"))
            .should()
            .dependOnClassesThat(describe(
                    "are of another part but store",
                    type -> type.getPackageName().startsWith(RUNTIME)
                            && !Set.of("store", "loop").contains(part(type))));

    @ArchTest
    static final ArchRule onlyKubeletAndNetworkSeeTheDriver = noClasses()
            .that(describe(
                    "belong to neither kubelet, network nor the root",
                    type -> !Set.of("kubelet", "network", "").contains(part(type))))
            .should()
            .dependOnClassesThat(resideInAPackage("dev.orchestrator.spi.."));

    @ArchTest
    static final ArchRule packagesFormNoCycles = slices().assignedFrom(new SliceAssignment() {
                @Override
                public SliceIdentifier getIdentifierOf(JavaClass type) {
                    return SliceIdentifier.of(type.getPackageName());
                }

                @Override
                public String getDescription() {
                    return "packages";
                }
            })
            .should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule packagesAreNamedForWhatTheyDecide = noClasses()
            .should()
            .resideInAnyPackage(
                    BANNED.stream().map(name -> ".." + name + "..").sorted().toArray(String[]::new));

    private static final ArchCondition<JavaClass> SAY_WHAT_MAKES_THEM_DIFFERENT =
            new ArchCondition<>("not be named for being an implementation") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    boolean namesNothing = type.getAllRawInterfaces().stream()
                            .anyMatch(contract -> type.getSimpleName().equals("Default" + contract.getSimpleName())
                                    || type.getSimpleName().equals(contract.getSimpleName() + "Impl"));
                    if (namesNothing || type.getSimpleName().endsWith("Helper")) {
                        events.add(SimpleConditionEvent.violated(type, type.getName() + " says nothing by its name"));
                    }
                }
            };

    @ArchTest
    static final ArchRule classesAreNamedForWhatTheyAre = classes().should(SAY_WHAT_MAKES_THEM_DIFFERENT);

    private static final ArchCondition<JavaClass> BE_NEEDED_BY_ANOTHER_PACKAGE =
            new ArchCondition<>("be used by another package or by what another package calls") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    boolean needed = type.getDirectDependenciesToSelf().stream()
                            .map(Dependency::getOriginClass)
                            .anyMatch(user ->
                                    !user.getPackageName().equals(type.getPackageName()) || mentions(user, type));
                    if (!needed) {
                        events.add(SimpleConditionEvent.violated(type, type.getName() + " is public for nobody"));
                    }
                }
            };

    /** {@return whether a type is part of the signature of a public member of a public class} */
    private static boolean mentions(JavaClass user, JavaClass type) {
        return user.getModifiers().contains(JavaModifier.PUBLIC)
                && user.getCodeUnits().stream()
                        .filter(member -> member.getModifiers().contains(JavaModifier.PUBLIC))
                        .anyMatch(member -> member.getAllInvolvedRawTypes().contains(type));
    }

    @ArchTest
    static final ArchRule whatIsPublicIsUsedElsewhere = classes()
            .that(describe(
                    "are public, top-level and no service provider",
                    type -> type.getModifiers().contains(JavaModifier.PUBLIC)
                            && type.isTopLevelClass()
                            && !type.isAssignableTo(OrchestratorProvider.class)
                            && !type.isAssignableTo(ManifestFormat.class)))
            .should(BE_NEEDED_BY_ANOTHER_PACKAGE);

    @ArchTest
    static final ArchRule classesAreFinalOrSealedOrContracts = classes()
            .that(describe(
                    "are ordinary classes",
                    type -> !type.isInterface() && !type.isEnum() && !type.isRecord() && !type.isAnonymousClass()))
            .should(new ArchCondition<>("be final, abstract or sealed") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    Set<JavaModifier> modifiers = type.getModifiers();
                    if (!modifiers.contains(JavaModifier.FINAL)
                            && !modifiers.contains(JavaModifier.ABSTRACT)
                            && !type.isAssignableTo(Throwable.class)
                            && type.getSubclasses().isEmpty()) {
                        events.add(SimpleConditionEvent.violated(type, type.getName() + " is not final"));
                    }
                }
            });
}
