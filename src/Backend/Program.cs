using ScimOperator.Backend.Hosting;
using ScimOperator.Backend.Storage;

try
{
    var options = OptionsParser.Parse(args, Environment.GetEnvironmentVariable);
    await using var host = await BackendHost.StartAsync(options, TimeProvider.System);
    Console.WriteLine("listening on " + host.Url.GetLeftPart(UriPartial.Authority));
    await host.WaitForShutdownAsync();
    return 0;
}
catch (OptionsException e)
{
    await Console.Error.WriteLineAsync("scim-backend: " + e.Message);
    return 2;
}
catch (Exception e) when (e is StoreUnavailableException or IOException)
{
    await Console.Error.WriteLineAsync("scim-backend: " + e.Message);
    return 1;
}
