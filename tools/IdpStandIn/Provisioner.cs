using System.Net;
using System.Text.Json;

namespace ScimOperator.IdpStandIn;

/// <summary>Sends one SCIM request per tick and counts how it went.</summary>
internal sealed class Provisioner(HttpClient client, SecretReader secrets, ProvisioningScript script, Statistics statistics, TimeProvider time)
{
    private long number;

    /// <summary>Provisions until told to stop.</summary>
    internal async Task RunAsync(int perSecond, CancellationToken stop)
    {
        await secrets.FirstRead.WaitAsync(stop);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / perSecond), time);
        do
        {
            await StepAsync(secrets.Current!, stop);
        }
        while (await timer.WaitForNextTickAsync(stop));
    }

    internal async Task StepAsync(ConnectorSecret secret, CancellationToken stop)
    {
        var operation = script.Operation;
        try
        {
            using var request = ScimRequests.For(operation, script, secret, ++number);
            using var response = await client.SendAsync(request, stop);
            statistics.Requested(secret.TokenId);
            await JudgeAsync(operation, response, stop);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException && !stop.IsCancellationRequested)
        {
            script.Failed();
            statistics.NotConnected($"{operation}: {exception.Message}");
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            script.Failed();
            statistics.Failed($"{operation}: the answer is no SCIM: {exception.Message}");
        }
    }

    private async Task JudgeAsync(ScimOperation operation, HttpResponseMessage response, CancellationToken stop)
    {
        if (response.IsSuccessStatusCode)
        {
            script.Succeeded(await ScimRequests.ReadIdAsync(operation, response, stop));
            return;
        }

        script.Failed();
        var what = $"{operation}: {(int)response.StatusCode} {response.ReasonPhrase}";
        if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            statistics.Refused(what);
        }
        else
        {
            statistics.Failed(what);
        }
    }
}
