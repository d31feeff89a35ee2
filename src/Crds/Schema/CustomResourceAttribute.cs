namespace ScimOperator.Crds.Schema;

/// <summary>How a kind is served: names, short name, category. Read by the CRD generator only.</summary>
/// <param name="kind">Kind, as in manifests.</param>
/// <param name="plural">Plural name, as in URLs.</param>
/// <param name="shortName">Short name for kubectl.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class CustomResourceAttribute(string kind, string plural, string shortName) : Attribute
{
    /// <summary>Kind, as in manifests.</summary>
    public string Kind => kind;

    /// <summary>Plural name, as in URLs.</summary>
    public string Plural => plural;

    /// <summary>Short name for kubectl.</summary>
    public string ShortName => shortName;
}
