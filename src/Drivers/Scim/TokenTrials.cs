namespace ScimOperator.Drivers.Scim;

/// <summary>Tries tokens at a SCIM endpoint.</summary>
internal static class TokenTrials
{
    /// <summary>Asks for no users at all: ServiceProviderConfig is open to anybody at many providers and would prove nothing.</summary>
    internal static async Task<TokenTrial?> RunAsync(DriverConnection connection, Uri scimUrl, string value, CancellationToken cancellationToken)
    {
        var client = new ScimClient(new BackendHttp(connection.With(scimUrl, value)));
        try
        {
            await client.GetAsync("Users?count=0", cancellationToken);
            return new TokenTrial(true, "");
        }
        catch (BackendException e) when (e.Error is BackendError.Unauthorized or BackendError.PlanRequired)
        {
            return new TokenTrial(false, e.Message);
        }
    }
}
