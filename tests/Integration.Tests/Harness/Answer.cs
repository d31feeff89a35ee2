using System.Net;
using System.Text.Json.Nodes;

namespace ScimOperator.Integration.Tests.Harness;

/// <summary>What a server answered.</summary>
internal readonly record struct Answer(HttpStatusCode Status, string Text)
{
    internal bool Ok => (int)Status is >= 200 and < 300;

    internal JsonNode Body => JsonNode.Parse(Text) ?? throw new InvalidOperationException("The body is null.");

    /// <summary>metav1.Status message.</summary>
    internal string Message => Body["message"]?.GetValue<string>() ?? "";

    /// <summary>This, when it was a success.</summary>
    internal Answer Succeeded()
    {
        Assert.True(Ok, $"{(int)Status} {Text}");
        return this;
    }

    internal static async Task<Answer> OfAsync(Task<HttpResponseMessage> call)
    {
        using var response = await call;
        return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
