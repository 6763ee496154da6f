package dev.orchestrator.runtime.ownership;

import dev.orchestrator.api.FieldValidation;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.runtime.codec.Codec;
import dev.orchestrator.runtime.codec.YamlText;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class FieldsWriterTest {

    @ParameterizedTest
    @ValueSource(strings = {"""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, labels: {a: b}, finalizers: [x/a], ownerReferences: [{apiVersion: v1, kind: Pod, name: p, uid: u}]}
        spec:
          selector: {matchLabels: {a: b}}
          strategy: {type: Recreate}
          template:
            metadata: {labels: {a: b}}
            spec:
              nodeSelector: {n: o}
              tolerations: [{key: k}]
              securityContext: {}
              containers:
              - {name: web, image: i, ports: [{containerPort: 80}], args: [x], resources: {limits: {cpu: 1}}, env: [{name: e, value: ''}]}
              volumes: [{name: v, emptyDir: {}}]
        status: {replicas: 3, conditions: [{type: Available, status: 'True'}]}
        """, """
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec: {selector: {a: b}, ports: [{port: 80, targetPort: web, protocol: UDP}], clusterIP: None}
        """, """
        apiVersion: v1
        kind: Secret
        metadata: {name: s, annotations: {a/b: c}}
        stringData: {a: b}
        """, """
        apiVersion: apps/v1
        kind: ControllerRevision
        metadata: {name: s}
        revision: 3
        data: {a: {b: [1, 2], c: {}}, d: true}
        """})
    void findsTheSamePathsWithoutATree(String yaml) {
        Resource object = Codec.decode(YamlText.parse(yaml).getFirst(), FieldValidation.STRICT)
                .value();
        Schema.Struct schema = ModelSchema.of(object.resourceType());

        var writer = new FieldsWriter(schema);
        Codec.write(object, writer);

        assertThat(writer.fields().paths())
                .isEqualTo(Comparison.of(schema, schema.zero(), Codec.toTree(object))
                        .written()
                        .paths());
    }
}
