using ScimOperator.Cli.Checks;

namespace ScimOperator.Cli.Output;

/// <summary>How places are written for people.</summary>
internal static class Locations
{
    internal static string Write(Place place) => place.Side == Side.Base ? $"{place.At} (base)" : place.At.ToString();
}
