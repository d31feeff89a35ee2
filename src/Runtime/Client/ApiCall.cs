using ScimOperator.ApiMachinery;

namespace ScimOperator.Runtime.Client;

/// <summary>Names a request in messages, logs and metrics; the text is only made when something went wrong.</summary>
/// <param name="Verb">RBAC verb: get, list, watch, create, patch, update, delete.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Group">API group; empty for the core group.</param>
/// <param name="Plural">Resource.</param>
/// <param name="Key">The object, or the namespace alone.</param>
/// <param name="Subresource">Subresource, or null.</param>
internal readonly record struct ApiCall(
    string Verb, HttpMethod Method, string Group, string Plural, ObjectKey Key, string? Subresource = null)
{
    /// <summary>The resource as RBAC rules name it: plural, or plural/subresource.</summary>
    public string RbacResource => Subresource is null ? Plural : $"{Plural}/{Subresource}";

    /// <summary>The resource with its group, as kubectl names it.</summary>
    public string Resource => Group.Length == 0 ? RbacResource : $"{RbacResource}.{Group}";

    /// <summary>Whether bodies hold Secret data, so that what a server quotes of them may not be repeated.</summary>
    public bool IsSecret => Group.Length == 0 && Plural == "secrets";

    /// <inheritdoc/>
    public override string ToString()
    {
        var where = Key.Name is { Length: > 0 }
            ? $" {Key}"
            : Key.Namespace is { Length: > 0 } ? $" in namespace {Key.Namespace}" : "";
        return $"{Verb} {Resource}{where}";
    }
}
