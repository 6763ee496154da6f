package dev.orchestrator.server;

import dev.orchestrator.runtime.access.AccountTokens;
import dev.orchestrator.runtime.access.Authorizer;
import dev.orchestrator.runtime.access.Reviews;
import dev.orchestrator.runtime.serving.ServedCluster;
import dev.orchestrator.server.identity.Authenticator;
import dev.orchestrator.server.identity.ClientCertificates;
import dev.orchestrator.server.identity.Gate;

/**
 * Who is let in to what, put together.
 *
 * @param gate lets requests in
 * @param authorizer decides who may do what
 * @param reviews answers questions about it
 * @param tokens issues tokens of service accounts
 */
record Access(Gate gate, Authorizer authorizer, Reviews reviews, AccountTokens tokens) {

    /** {@return what the options ask for} */
    static Access of(ServedCluster cluster, Credentials credentials, ApiServerOptions options) {
        AccountTokens tokens = cluster.accountTokens();
        var certificates = new ClientCertificates(
                credentials.authority(), () -> cluster.time().instant());
        boolean isChecked = options.authentication() == ApiServerOptions.Authentication.REQUIRED;
        var authenticator = new Authenticator(credentials.token(), certificates, tokens, isChecked);
        boolean hasRoles = options.authorization() == ApiServerOptions.Authorization.RBAC;
        Authorizer authorizer = hasRoles ? cluster.roles() : Authorizer.allowingAll();
        return new Access(
                new Gate(authenticator, authorizer, hasRoles),
                authorizer,
                cluster.reviews(authorizer, authenticator::verify),
                tokens);
    }
}
