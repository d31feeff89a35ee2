using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ScimOperator.ApiMachinery;

namespace ScimOperator.Runtime.Admission;

/// <summary>
/// The paths of the webhook server and what answers them. A plain table: the set is fixed at start, so a router would only
/// cost memory and start-up time.
/// </summary>
/// <param name="options">Limits.</param>
/// <param name="time">Clock of the time-outs.</param>
/// <param name="loggers">Makes the endpoints' logger.</param>
public sealed class AdmissionRoutes(AdmissionOptions options, TimeProvider time, ILoggerFactory loggers)
{
    private readonly Dictionary<string, IAdmissionEndpoint> endpoints = new(StringComparer.Ordinal);
    private readonly ILogger logger = loggers.CreateLogger("ScimOperator.Runtime.Admission");
    private FrozenDictionary<string, IAdmissionEndpoint>? frozen;

    /// <summary>How many paths there are.</summary>
    public int Count => endpoints.Count;

    /// <summary>Judges requests at a path with a validating handler.</summary>
    /// <param name="path">URL path, as in the ValidatingWebhookConfiguration.</param>
    /// <param name="type">The kind judged, in the version the webhook's rules name.</param>
    /// <param name="handler">Judges.</param>
    /// <exception cref="ArgumentException">The path is taken.</exception>
    public AdmissionRoutes MapValidating<T>(string path, ResourceType<T> type, IAdmissionHandler<T> handler)
        where T : class, IKubernetesObject => Map(path, type, handler);

    /// <summary>
    /// Judges and changes requests at a path. The object need not satisfy its schema yet: use a type that reads anything, such
    /// as <see cref="Client.PartialObject"/>.
    /// </summary>
    /// <param name="path">URL path, as in the MutatingWebhookConfiguration.</param>
    /// <param name="type">The kind judged, in the version the webhook's rules name.</param>
    /// <param name="handler">Judges, and gives the patch.</param>
    /// <exception cref="ArgumentException">The path is taken.</exception>
    public AdmissionRoutes MapMutating<T>(string path, ResourceType<T> type, IAdmissionHandler<T> handler)
        where T : class, IKubernetesObject => Map(path, type, handler);

    /// <summary>Answers one HTTP request: 404 for an unknown path, 405 for anything but POST.</summary>
    public Task HandleAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var table = frozen ??= endpoints.ToFrozenDictionary(StringComparer.Ordinal);
        if (!table.TryGetValue(context.Request.Path.Value ?? "", out var endpoint))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        if (!HttpMethods.IsPost(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            context.Response.Headers.Allow = "POST";
            return Task.CompletedTask;
        }

        return endpoint.HandleAsync(context);
    }

    private AdmissionRoutes Map<T>(string path, ResourceType<T> type, IAdmissionHandler<T> handler)
        where T : class, IKubernetesObject
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!path.StartsWith('/'))
        {
            throw new ArgumentException($"path \"{path}\" must begin with /", nameof(path));
        }

        endpoints.Add(path, new AdmissionEndpoint<T>(path, type, handler, options, time, logger));
        return this;
    }
}
