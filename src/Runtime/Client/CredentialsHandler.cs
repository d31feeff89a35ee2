using System.Net.Http.Headers;
using System.Text;
using k8s;
using k8s.Authentication;

namespace ScimOperator.Runtime.Client;

/// <summary>
/// Puts the credential on each request. Token files (ServiceAccounts) are read again by their provider, at most a minute
/// old; the kubelet renews them long before they expire.
/// </summary>
internal sealed class CredentialsHandler : DelegatingHandler
{
    private readonly ITokenProvider? tokens;
    private readonly AuthenticationHeaderValue? fixedHeader;

    public CredentialsHandler(KubernetesClientConfiguration config, HttpMessageHandler inner)
        : base(inner)
    {
        tokens = config.TokenProvider;
        if (!string.IsNullOrEmpty(config.AccessToken))
        {
            fixedHeader = new AuthenticationHeaderValue("Bearer", config.AccessToken);
        }
        else if (!string.IsNullOrEmpty(config.Username))
        {
            var pair = Encoding.UTF8.GetBytes($"{config.Username}:{config.Password}");
            fixedHeader = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(pair));
        }
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = tokens is null
            ? fixedHeader
            : await tokens.GetAuthenticationHeaderAsync(cancellationToken);
        return await base.SendAsync(request, cancellationToken);
    }
}
