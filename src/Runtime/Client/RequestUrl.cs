using System.Globalization;
using System.Text;

namespace ScimOperator.Runtime.Client;

/// <summary>Builds the URL of a request: base, path, and the query parameters that have a value.</summary>
internal sealed class RequestUrl(Uri baseUrl, string path)
{
    private readonly StringBuilder text = new StringBuilder(baseUrl.AbsoluteUri.TrimEnd('/')).Append(path);
    private char separator = '?';

    public RequestUrl Add(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            text.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
            separator = '&';
        }

        return this;
    }

    public RequestUrl Add(string name, int? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    public Uri Build() => new(text.ToString());
}
