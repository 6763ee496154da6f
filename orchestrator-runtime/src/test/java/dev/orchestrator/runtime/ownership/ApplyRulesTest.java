package dev.orchestrator.runtime.ownership;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.runtime.codec.YamlText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** The rules of server-side apply, each as what two writers do to one object. */
class ApplyRulesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Map<String, Schema> KINDS = Map.of(
            "Pod", ModelSchema.of(ResourceTypes.POD),
            "Service", ModelSchema.of(ResourceTypes.SERVICE),
            "ConfigMap", ModelSchema.of(ResourceTypes.CONFIG_MAP),
            "Deployment", ModelSchema.of(ResourceTypes.DEPLOYMENT));

    /** An object that writers change one after another. */
    private static final class Stage {

        private final Schema schema;
        private Map<String, Object> object = Map.of();
        private Owners owners = Owners.NONE;

        Stage(String kind) {
            schema = schema(kind);
        }

        Map<Manager, FieldSet> apply(String who, String config, boolean force) {
            var applier = new Application.Applier(new Manager(who, true, "v1", ""), FieldSet.EMPTY, force);
            var result = Application.of(schema, object, owners, tree(config), applier, NOW);
            if (result.conflicts().isEmpty()) {
                object = result.object();
                owners = result.owners();
            }
            return result.conflicts();
        }

        void update(String who, String state) {
            Map<String, Object> next = tree(state);
            var change = Comparison.of(schema, object, next);
            owners = owners.updated(new Manager(who, false, "v1", ""), change, FieldSet.EMPTY, NOW);
            object = next;
        }

        /** Plays steps such as {@code a: {data: {x: 1}}}, {@code a!: ...} with force, {@code a=: ...} for an update. */
        Map<Manager, FieldSet> play(String steps) {
            Map<Manager, FieldSet> conflicts = Map.of();
            for (String step : steps.split(";", -1)) {
                String who = step.strip().substring(0, 1);
                String body = step.substring(step.indexOf(':') + 1);
                char how = step.strip().charAt(1);
                if (how == '=') {
                    update(who, body);
                } else {
                    conflicts = apply(who, body, how == '!');
                }
            }
            return conflicts;
        }
    }

    private static Schema schema(String kind) {
        return requireNonNull(KINDS.get(kind), kind);
    }

    private static Map<String, Object> tree(String yaml) {
        return Trees.map(YamlText.parse(yaml).getFirst().root());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            the first apply sets                   | a: {data: {x: '1'}}                                             | {data: {x: '1'}}
            what is applied no more goes           | a: {data: {x: '1', w: '2'}}; a: {data: {x: '1'}}                | {data: {x: '1'}}
            what others apply, too, stays          | a: {data: {x: '1'}}; b: {data: {x: '1'}}; a: {data: {w: '2'}}   | {data: {x: '1', w: '2'}}
            what another updated stays             | a: {data: {x: '1', w: '1'}}; b=: {data: {x: '1', w: '2'}}; a: {data: {x: '1'}} | {data: {x: '1', w: '2'}}
            what was only updated is never pruned  | b=: {data: {x: '1'}}; a: {data: {w: '2'}}; a: {data: {z: '3'}}  | {data: {x: '1', z: '3'}}
            force takes over                       | a: {data: {x: '1'}}; b!: {data: {x: '2'}}                       | {data: {x: '2'}}
            after force the first may leave it out | a: {data: {x: '1'}}; b!: {data: {x: '2'}}; a: {data: {w: '1'}}  | {data: {x: '2', w: '1'}}
            the last key goes with the map         | a: {data: {x: '1'}}; a: {metadata: {labels: {l: m}}}            | {metadata: {labels: {l: m}}}
            """)
    void mergesMaps(String rule, String steps, String result) {
        var stage = new Stage("ConfigMap");

        assertThat(stage.play(steps)).as(rule).isEmpty();

        assertThat(withoutNulls(stage.object)).isEqualTo(tree(result));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            elements are found by their key     | a: {spec: {containers: [{name: x, image: i}]}}; b: {spec: {containers: [{name: y, image: j}]}} | {spec: {containers: [{name: x, image: i}, {name: y, image: j}]}}
            an element left out goes            | a: {spec: {containers: [{name: x}, {name: y}]}}; a: {spec: {containers: [{name: y}]}}           | {spec: {containers: [{name: y}]}}
            an element shared with others stays | a: {spec: {containers: [{name: x}]}}; b: {spec: {containers: [{name: x}]}}; a: {spec: {hostname: h}} | {spec: {containers: [{name: x}], hostname: h}}
            a field of an element goes alone    | a: {spec: {containers: [{name: x, image: i, tty: true}]}}; a: {spec: {containers: [{name: x, image: i}]}} | {spec: {containers: [{name: x, image: i}]}}
            a set is a union                    | a: {metadata: {finalizers: [x/a]}}; b: {metadata: {finalizers: [x/b]}}                            | {metadata: {finalizers: [x/a, x/b]}}
            from a set only one's own goes      | a: {metadata: {finalizers: [x/a]}}; b: {metadata: {finalizers: [x/b]}}; a: {metadata: {labels: {l: m}}} | {metadata: {finalizers: [x/b], labels: {l: m}}}
            an atomic list is replaced          | a: {spec: {tolerations: [{key: k}]}}; a: {spec: {tolerations: [{key: l}]}}                        | {spec: {tolerations: [{key: l}]}}
            an atomic map is replaced           | a: {spec: {nodeSelector: {a: b, c: d}}}; a: {spec: {nodeSelector: {a: b}}}                        | {spec: {nodeSelector: {a: b}}}
            the order is that of what is applied | b=: {spec: {containers: [{name: x}, {name: y}, {name: z}]}}; a: {spec: {containers: [{name: z}, {name: x}]}} | {spec: {containers: [{name: y}, {name: z}, {name: x}]}}
            """)
    void mergesLists(String rule, String steps, String result) {
        var stage = new Stage("Pod");

        assertThat(stage.play(steps)).as(rule).isEmpty();

        assertThat(withoutNulls(stage.object)).isEqualTo(tree(result));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            another value of what is applied | ConfigMap | a: {data: {x: '1'}}; b: {data: {x: '2'}}    | "a" | .data.x
            another value of what is updated | ConfigMap | a=: {data: {x: '1'}}; b: {data: {x: '2'}}   | "a" using v1 | .data.x
            an element's field               | Pod | a: {spec: {containers: [{name: x, image: i}]}}; b: {spec: {containers: [{name: x, image: j}]}} | "a" | .spec.containers[name="x"].image
            an atomic list                   | Pod | a: {spec: {tolerations: [{key: k}]}}; b: {spec: {tolerations: []}} | "a" | .spec.tolerations
            a port by both its keys          | Service | a: {spec: {ports: [{port: 80, targetPort: 1}]}}; b: {spec: {ports: [{port: 80, targetPort: 2}]}} | "a" | .spec.ports[port=80,protocol="TCP"].targetPort
            an atomic selector               | Deployment | a: {spec: {selector: {matchLabels: {a: b}}}}; b: {spec: {selector: {matchLabels: {a: c}}}} | "a" | .spec.selector
            """)
    void namesWhatIsInConflict(String rule, String kind, String steps, String owner, String path) {
        var conflicts = new Stage(kind).play(steps);

        assertThat(conflicts).as(rule).hasSize(1);
        conflicts.forEach((manager, fields) -> {
            assertThat(manager).hasToString(owner);
            assertThat(fields.paths()).containsExactly(path);
        });
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            applied: just what is in it        | a: {data: {x: '1'}}                           | a | .data.x
            updated: the map, too, when new    | a=: {data: {x: '1'}}                          | a | .data .data.x
            updated: an element and its fields | a=: {metadata: {ownerReferences: [{uid: u}]}} | a | .metadata.ownerReferences .metadata.ownerReferences[uid="u"]
            shared when equal                  | a: {data: {x: '1'}}; b: {data: {x: '1'}}      | a | .data.x
            lost by force                      | a: {data: {x: '1', w: '1'}}; b!: {data: {x: '2'}} | a | .data.w
            lost by an update                  | a: {data: {x: '1', w: '1'}}; b=: {data: {x: '2', w: '1'}} | a | .data.w
            gone with the value                | a: {data: {x: '1', w: '1'}}; b=: {data: {w: '1'}} | a | .data.w
            names and versions are nobody's    | a: {apiVersion: v1, kind: ConfigMap, metadata: {name: n, labels: {}}} | a | .metadata.labels
            """)
    void saysWhoOwnsWhat(String rule, String steps, String who, String paths) {
        var stage = new Stage("ConfigMap");
        stage.play(steps);

        List<String> owned = stage.owners.shares().entrySet().stream()
                .filter(each -> each.getKey().name().equals(who))
                .flatMap(each -> each.getValue().fields().paths().stream())
                .toList();

        assertThat(owned).as(rule).containsExactlyElementsOf(Arrays.asList(paths.split(" ", -1)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            an unknown field  | {spec: {foo: 1}}                          | .spec.foo: field not declared in schema
            a number for text | {spec: {hostname: 3}}                     | .spec.hostname: expected string, got &value.valueUnstructured{Value:3}
            text for a number | {spec: {priority: x}}                     | .spec.priority: expected numeric (int or float), got string
            no key            | {spec: {containers: [{image: i}]}}        | .spec.containers: element 0: associative list with keys has an element that omits key field "name" (and doesn't have default value)
            a key twice       | {spec: {containers: [{name: a}, {name: a}]}} | .spec.containers: duplicate entries for key [name="a"]
            nothing           | {spec: {containers: [{name: a}]}}         | ''
            """)
    void refusesWhatDoesNotFit(String rule, String config, String fault) {
        assertThat(Conformance.faults(schema("Pod"), tree(config))).as(rule).isEqualTo(fault);
    }

    @Test
    void writesAndReadsFieldsAsKubernetesDoes() {
        var stage = new Stage("Pod");
        stage.play("a=: {metadata: {labels: {l: m}, finalizers: [x/a]}, spec: {containers: [{name: x, image: i}]}}");

        var entries = stage.owners.encode();

        assertThat(entries).hasSize(1);
        assertThat(entries.getFirst().fieldsV1())
                .isEqualTo(tree(
                        "{'f:metadata': {'f:finalizers': {'.': {}, 'v:\"x/a\"': {}}, 'f:labels': {'.': {}, 'f:l': {}}},"
                                + " 'f:spec': {'.': {}, 'f:containers': {'.': {},"
                                + " 'k:{\"name\":\"x\"}': {'.': {}, 'f:image': {}, 'f:name': {}}}}}"));
        assertThat(Owners.decode(entries).encode()).isEqualTo(entries);
    }

    @Test
    void theOldestOfManyUpdatersBecomeOne() {
        var stage = new Stage("ConfigMap");
        var data = new StringBuilder();
        for (char who = 'a'; who < 'm'; who++) {
            data.append(who).append(": '1', ");
            stage.play(who + "=: {data: {" + data + "}}");
        }

        var names = stage.owners.encode().stream().map(each -> each.manager()).toList();

        assertThat(names).hasSize(10).contains("ancient-changes", "l").doesNotContain("a", "b", "c");
    }

    private static Object withoutNulls(Object tree) {
        var plain = new LinkedHashMap<String, Object>();
        Trees.map(tree).forEach((name, value) -> {
            if (!Trees.isNothing(value)) {
                plain.put(name, value instanceof Map ? withoutNulls(value) : value);
            }
        });
        return plain;
    }
}
