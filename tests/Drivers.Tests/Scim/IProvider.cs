using System.Text.Json.Nodes;

namespace ScimOperator.Drivers.Tests.Scim;

/// <summary>A service provider under test, with a way around the driver: as an administrator's own pages.</summary>
public interface IProvider : IAsyncDisposable
{
    /// <summary>The SCIM endpoint.</summary>
    Uri Url { get; }

    /// <summary>A token that it accepts.</summary>
    string Token { get; }

    /// <summary>How many users make more than one page.</summary>
    int MoreThanAPage { get; }

    /// <summary>Creates a user with these attributes; returns its id.</summary>
    Task<string> CreateAsync(string json);

    /// <summary>The user as it is stored.</summary>
    Task<JsonObject> GetAsync(string id);
}
