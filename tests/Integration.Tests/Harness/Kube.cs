using System.Text;
using System.Text.Json.Nodes;
using ScimOperator.ControlPlanes;
using ScimOperator.ControlPlanes.Processes;

namespace ScimOperator.Integration.Tests.Harness;

/// <summary>The API server as an administrator sees it: plain requests, and kubectl.</summary>
internal sealed class Kube(ControlPlane plane)
{
    internal ControlPlane Plane => plane;

    internal static string Scim(string ns, string plural, string? name = null) => Path("/apis/scim-operator.io/v1alpha1", ns, plural, name);

    internal static string Core(string ns, string plural, string? name = null) => Path("/api/v1", ns, plural, name);

    internal async Task<string> CreateNamespaceAsync()
    {
        var name = $"t-{Guid.NewGuid():N}";
        (await PostAsync("/api/v1/namespaces", $$$"""{"metadata":{"name":"{{{name}}}"}}""")).Succeeded();
        return name;
    }

    internal Task<Answer> GetAsync(string path) => AskAsync(() => plane.AdminClient.GetAsync(path));

    internal async Task<IReadOnlyList<JsonNode>> ListAsync(string path) =>
        [.. (await GetAsync(path)).Succeeded().Body["items"]!.AsArray().Select(item => item!)];

    internal Task<Answer> PostAsync(string path, string json) => SendAsync(HttpMethod.Post, path, json, "application/json");

    internal Task<Answer> PutAsync(string path, string json) => SendAsync(HttpMethod.Put, path, json, "application/json");

    internal Task<Answer> MergeAsync(string path, string json) => SendAsync(HttpMethod.Patch, path, json, "application/merge-patch+json");

    internal Task<Answer> JsonPatchAsync(string path, string json) => SendAsync(HttpMethod.Patch, path, json, "application/json-patch+json");

    internal Task<Answer> ApplyAsync(string path, string json) =>
        SendAsync(HttpMethod.Patch, $"{path}?fieldManager=test&force=true", json, "application/apply-patch+yaml");

    internal Task<Answer> DeleteAsync(string path) => AskAsync(() => plane.AdminClient.DeleteAsync(path));

    internal async Task WaitUntilGoneAsync(string path) => await Eventually.HoldsAsync(
        async () => await GetAsync(path) is { Status: not System.Net.HttpStatusCode.NotFound } there ? there.Text : null, $"{path} is gone");

    /// <summary>Runs kubectl, which must succeed, and returns what it printed.</summary>
    internal async Task<string> KubectlAsync(string arguments, string? stdin = null)
    {
        var result = await TryKubectlAsync(arguments, stdin);
        Assert.True(result.Succeeded, $"kubectl {arguments}: {result.Stderr}");
        return result.Stdout;
    }

    internal Task<CommandResult> TryKubectlAsync(string arguments, string? stdin = null)
    {
        Skip.If(plane.KubectlPath is null, "There is no kubectl.");
        return plane.RunKubectlAsync(arguments.Split(' '), stdin);
    }

    private static string Path(string root, string ns, string plural, string? name) =>
        name is null ? $"{root}/namespaces/{ns}/{plural}" : $"{root}/namespaces/{ns}/{plural}/{name}";

    private Task<Answer> SendAsync(HttpMethod method, string path, string json, string mediaType) => AskAsync(async () =>
    {
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(json, Encoding.UTF8, mediaType) };
        return await plane.AdminClient.SendAsync(request);
    });

    /// <summary>Asks again while the API server asks for patience (429), as kubectl does: newer ones do while a changed CRD's storage is made anew.</summary>
    private static async Task<Answer> AskAsync(Func<Task<HttpResponseMessage>> call)
    {
        var answer = default(Answer);
        await Eventually.HoldsAsync(
            async () => (answer = await Answer.OfAsync(call())).Status == System.Net.HttpStatusCode.TooManyRequests ? answer.Text : null, "the API server takes the request");
        return answer;
    }
}
