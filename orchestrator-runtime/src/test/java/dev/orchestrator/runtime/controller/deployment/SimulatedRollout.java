package dev.orchestrator.runtime.controller.deployment;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import dev.orchestrator.api.model.apps.Deployment;
import dev.orchestrator.api.model.apps.DeploymentBuilder;
import dev.orchestrator.api.model.apps.DeploymentSpecBuilder;
import dev.orchestrator.api.model.apps.ReplicaSet;
import dev.orchestrator.api.model.apps.ReplicaSetBuilder;
import dev.orchestrator.api.model.apps.ReplicaSetSpecBuilder;
import dev.orchestrator.api.model.apps.ReplicaSetStatusBuilder;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.runtime.revision.TemplateHash;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A deployment whose plans are carried out one pod at a time by replica sets that are late, see old numbers and lose
 * pods; every single pod that is created or deleted is held against the promise of a rolling update.
 */
final class SimulatedRollout {

    private enum Health {
        UNREADY,
        RIPENING,
        AVAILABLE
    }

    /** A replica set at work: it carries out the number it saw when its pass began. */
    private static final class Worker {
        private ReplicaSet set;
        private final List<Health> pods = new ArrayList<>();
        private int target = -1;
        private long targetGeneration;

        Worker(ReplicaSet set) {
            this.set = set;
        }

        int count(Health health) {
            return (int) pods.stream().filter(health::equals).count();
        }

        ReplicaSetState state() {
            int available = count(Health.AVAILABLE);
            return new ReplicaSetState(set, pods.size(), available + count(Health.RIPENING), available);
        }

        boolean isIdle() {
            return set.isObserved() && target < 0 && pods.size() == set.desiredReplicas();
        }
    }

    private final SplittableRandom random;

    /**
     * Replica sets delete ready pods at random, as deletion costs may have it; then ready pods are available at once.
     */
    private final boolean adverse;

    private final List<Worker> workers = new ArrayList<>();
    private Deployment deployment;
    private int version = 1;
    private int mostAllowed;
    private int leastAllowed;

    SimulatedRollout(long seed) {
        random = new SplittableRandom(seed);
        adverse = random.nextBoolean();
        deployment = Rollouts.deployment(random.nextInt(12), bound(), bound());
        resetBounds();
    }

    private String bound() {
        return random.nextBoolean() ? Integer.toString(random.nextInt(5)) : random.nextInt(11) * 10 + "%";
    }

    /** Does something that may happen at any time. */
    void anything() {
        switch (random.nextInt(20)) {
            case 0 -> edit();
            case 1 -> loseAPod();
            case 2 -> wilt();
            case 3, 4, 5, 6, 7 -> ripen();
            case 8, 9, 10 -> plan();
            default -> workers.forEach(worker -> work(worker, true));
        }
        resetBoundsWhenQuiet();
    }

    /** Lets the rollout finish undisturbed. */
    void finish() {
        for (int i = 0; i < 2000 && !isOver(); i++) {
            plan();
            workers.forEach(worker -> work(worker, false));
            ripen();
        }
        assertThat(isOver()).as("rollout ends: %s", this).isTrue();
    }

    private boolean isOver() {
        return workers.stream().allMatch(Worker::isIdle)
                && state().current() != null
                && state().current().available() == deployment.desiredReplicas()
                && state().activeOld().isEmpty()
                && !ScalingPlan.isDue(state());
    }

    private RolloutState state() {
        return RolloutState.of(
                deployment,
                workers.stream().map(worker -> worker.set).toList(),
                set -> worker(set).state());
    }

    private Worker worker(ReplicaSet set) {
        return workers.stream()
                .filter(worker ->
                        worker.set.metadata().uidOrEmpty().equals(set.metadata().uidOrEmpty()))
                .findFirst()
                .orElseThrow();
    }

    private void plan() {
        RolloutState state = state();
        // A pod that begins to serve after the decision to delete unready ones may be among those.
        leastAllowed = Math.min(leastAllowed, state.lastingAvailable());
        if (ScalingPlan.isDue(state)) {
            ScalingPlan.of(state).forEach(this::resize);
        } else if (state.current() == null) {
            int first = RollingPlan.firstSize(state);
            RollingBounds bounds = RollingBounds.of(deployment);
            ReplicaSet set = Rollouts.set(version, first, 0, bounds.replicas(), bounds.maxPods());
            set = ReplicaSetBuilder.builder(set)
                    .spec(ReplicaSetSpecBuilder.builder(set.spec())
                            .template(TemplateHash.with(deployment.spec().template(), "h" + version))
                            .build())
                    .status(ReplicaSetStatusBuilder.builder().build())
                    .build();
            workers.add(new Worker(set));
        } else {
            RollingPlan.of(state).forEach(this::resize);
        }
    }

    private void resize(Resize resize) {
        Worker worker = worker(resize.set());
        ReplicaSet set = worker.set;
        worker.set = ReplicaSetBuilder.builder(set)
                .metadata(ObjectMetaBuilder.builder(set.metadata())
                        .generation(set.metadata().generation() + (resize.growth() == 0 ? 0 : 1))
                        .annotations(
                                RolloutAnnotations.sized(set.metadata().annotations(), RollingBounds.of(deployment)))
                        .build())
                .spec(ReplicaSetSpecBuilder.builder(set.spec())
                        .replicas(resize.replicas())
                        .build())
                .build();
    }

    private void work(Worker worker, boolean disturbed) {
        if (worker.target < 0) {
            worker.target = worker.set.desiredReplicas();
            worker.targetGeneration = worker.set.metadata().generation();
        }
        boolean refused = disturbed && random.nextInt(10) == 0;
        if (worker.pods.size() < worker.target && !refused) {
            create(worker);
        } else if (worker.pods.size() > worker.target && !refused) {
            delete(worker);
        } else {
            worker.target = -1;
            worker.set = ReplicaSetBuilder.builder(worker.set)
                    .status(ReplicaSetStatusBuilder.builder(worker.set.status())
                            .observedGeneration(worker.targetGeneration)
                            .build())
                    .build();
        }
    }

    private void create(Worker worker) {
        worker.pods.add(Health.UNREADY);
        assertThat(totalPods()).as("pods: %s", this).isLessThanOrEqualTo(mostAllowed);
    }

    private void delete(Worker worker) {
        if (worker.pods.remove(Health.UNREADY) || (!adverse && worker.pods.remove(Health.RIPENING))) {
            return;
        }
        if (worker.pods.remove(random.nextInt(worker.pods.size())) == Health.AVAILABLE) {
            assertThat(totalAvailable()).as("available: %s", this).isGreaterThanOrEqualTo(leastAllowed);
        }
    }

    private void edit() {
        RollingBounds before = RollingBounds.of(deployment);
        var spec = DeploymentSpecBuilder.builder(deployment.spec());
        switch (random.nextInt(4)) {
            case 0, 1 -> spec.replicas(random.nextInt(20));
            case 2 -> spec.template(Rollouts.template(++version));
            default ->
                spec.strategy(Rollouts.deployment(1, bound(), bound()).spec().strategy());
        }
        deployment = DeploymentBuilder.builder(deployment).spec(spec.build()).build();
        RollingBounds after = RollingBounds.of(deployment);
        mostAllowed = Math.max(mostAllowed, Math.max(before.maxPods(), after.maxPods()));
        leastAllowed = Math.min(leastAllowed, Math.min(before.minAvailable(), after.minAvailable()));
    }

    private void loseAPod() {
        change(worker -> {
            if (worker.pods.remove(random.nextInt(worker.pods.size())) == Health.AVAILABLE) {
                fall();
            }
        });
    }

    private void wilt() {
        change(worker -> {
            if (worker.pods.set(random.nextInt(worker.pods.size()), Health.UNREADY) == Health.AVAILABLE) {
                fall();
            }
        });
    }

    /** What is already under way to be deleted was decided when this pod still served. */
    private void fall() {
        leastAllowed--;
    }

    private void change(java.util.function.Consumer<Worker> change) {
        List<Worker> withPods =
                workers.stream().filter(worker -> !worker.pods.isEmpty()).toList();
        if (!withPods.isEmpty()) {
            change.accept(withPods.get(random.nextInt(withPods.size())));
        }
    }

    private void ripen() {
        for (Worker worker : workers) {
            worker.pods.replaceAll(health -> switch (random.nextInt(3)) {
                case 0 -> health;
                case 1 -> health == Health.UNREADY ? (adverse ? Health.AVAILABLE : Health.RIPENING) : health;
                default -> health == Health.RIPENING ? Health.AVAILABLE : health;
            });
        }
    }

    private int totalPods() {
        return workers.stream().mapToInt(worker -> worker.pods.size()).sum();
    }

    private int totalAvailable() {
        return workers.stream()
                .mapToInt(worker -> worker.count(Health.AVAILABLE))
                .sum();
    }

    /** An edit is in force, and a loss is taken into account, once everything that was decided before it is done. */
    private void resetBoundsWhenQuiet() {
        boolean quiet = workers.stream()
                .allMatch(worker -> worker.set.isObserved()
                        && worker.target < 0
                        && worker.pods.size() <= worker.set.desiredReplicas());
        int wanted = workers.stream()
                .mapToInt(worker -> worker.set.desiredReplicas())
                .sum();
        if (quiet && wanted <= RollingBounds.of(deployment).maxPods()) {
            resetBounds();
        }
    }

    private void resetBounds() {
        mostAllowed = RollingBounds.of(deployment).maxPods();
        leastAllowed = RollingBounds.of(deployment).minAvailable();
    }

    @Override
    public String toString() {
        var text = new StringBuilder(RollingBounds.of(deployment).toString());
        for (Worker worker : workers) {
            text.append(' ')
                    .append(worker.set.metadata().name())
                    .append(" wants ")
                    .append(worker.set.desiredReplicas())
                    .append(" has ")
                    .append(worker.pods);
        }
        return text.toString();
    }
}
