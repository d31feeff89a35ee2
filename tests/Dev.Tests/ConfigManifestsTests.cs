using ScimOperator.DevEnvironments;

namespace ScimOperator.Dev.Tests;

public sealed class ConfigManifestsTests
{
    private const string Manifests = """
        apiVersion: v1
        kind: Namespace
        metadata:
          name: scim-operator-system
          labels:
            quoted: "true"
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: scim-operator
        ---
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingWebhookConfiguration
        metadata:
          name: guard
        webhooks:
          - name: one.example.org
            clientConfig:
              service:
                name: webhook
                path: /validate-one
          - name: two.example.org
            failurePolicy: Fail
            clientConfig:
              service:
                name: webhook
                path: /validate-two
        """;

    private static readonly Uri Base = new("https://127.0.0.1:9443");

    [Fact]
    public void Webhooks_are_called_by_URL_with_the_path_of_their_service()
    {
        var adapted = ConfigManifests.Adapt(Manifests, Base);

        Assert.Contains("url: https://127.0.0.1:9443/validate-one", adapted, StringComparison.Ordinal);
        Assert.Contains("url: https://127.0.0.1:9443/validate-two", adapted, StringComparison.Ordinal);
        Assert.DoesNotContain("service:", adapted, StringComparison.Ordinal);
        Assert.Contains("failurePolicy: Fail", adapted, StringComparison.Ordinal);
    }

    [Fact]
    public void The_Deployment_goes_and_everything_else_stays_as_it_is()
    {
        var adapted = ConfigManifests.Adapt(Manifests, Base);

        Assert.DoesNotContain("Deployment", adapted, StringComparison.Ordinal);
        Assert.Contains("kind: Namespace", adapted, StringComparison.Ordinal);
        // Unquoted it would be a boolean, which no label may be.
        Assert.Contains("quoted: \"true\"", adapted, StringComparison.Ordinal);
    }

    [Fact]
    public void A_webhook_without_a_service_path_is_refused_with_its_name()
    {
        var refused = Assert.Throws<FormatException>(() => ConfigManifests.Adapt(Manifests.Replace("path: /validate-two", "port: 443", StringComparison.Ordinal), Base));

        Assert.Contains("two.example.org", refused.Message, StringComparison.Ordinal);
    }
}
