namespace ScimOperator.Crds;

/// <summary>Regular expressions used in the schemas.</summary>
internal static class Patterns
{
    internal const string DnsSubdomain = @"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";
    internal const string SecretKey = @"^[-._a-zA-Z0-9]+$";
    internal const string HttpUrl = @"^https?://[^\s?#]+$";
    internal const string GoDuration = @"^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$";
    internal const string Email = @"^[^@\s]+@[^@\s]+$";
    internal const string ScimAttribute = @"^([a-zA-Z][-_$a-zA-Z0-9]*|urn:[-._:a-zA-Z0-9]+:[a-zA-Z][-_$a-zA-Z0-9]*)$";
    internal const string ScimValue = @"^\S(.*\S)?$";
}
