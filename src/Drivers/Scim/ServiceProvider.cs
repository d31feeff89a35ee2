using ScimOperator.Crds;

namespace ScimOperator.Drivers.Scim;

/// <summary>What a service provider supports (RFC 7643, section 5). Where it says nothing, it is tried, and what fails is done without.</summary>
/// <param name="Patch">Whether to try PATCH.</param>
/// <param name="Filter">Whether to try filters.</param>
/// <param name="MaxResults">Most users on a page; null when it does not say.</param>
/// <param name="ETag">Whether users have versions.</param>
internal sealed record ServiceProvider(bool Patch, bool Filter, int? MaxResults, bool ETag)
{
    private const int PageSize = 1000;

    internal static ServiceProvider Silent { get; } = new(true, true, null, false);

    /// <summary>How many users to ask for at a time.</summary>
    internal int Page => MaxResults is { } most ? Math.Min(most, PageSize) : PageSize;

    internal ScimCapabilities Capabilities => new() { Patch = Patch, Filter = Filter, MaxResults = MaxResults, Etag = ETag };

    /// <summary>Reads what the provider says; one that has no such resource is no reason to give up.</summary>
    internal static async Task<ServiceProvider> ReadAsync(ScimClient client, CancellationToken cancellationToken)
    {
        var answer = await client.SendAsync(HttpMethod.Get, "ServiceProviderConfig", null, null, cancellationToken);
        if (!answer.IsSuccess)
        {
            return (int)answer.Status is 403 or 404 or 405 or 501 ? Silent : throw client.Problem(answer);
        }

        var body = ScimJson.Parse(answer);
        var filter = ScimJson.Object(body, "filter", answer.Call);
        return new ServiceProvider(
            Supported("patch") ?? true,
            Supported("filter") ?? true,
            filter is not null && ScimJson.Number(filter, "maxResults", answer.Call) is { } most and > 0 ? most : null,
            Supported("etag") ?? false);

        bool? Supported(string feature) =>
            ScimJson.Object(body, feature, answer.Call) is { } found ? ScimJson.Boolean(found, "supported", answer.Call) : null;
    }
}
