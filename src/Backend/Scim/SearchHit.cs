using System.Text.Json.Nodes;

namespace ScimOperator.Backend.Scim;

/// <summary>A resource that a search has come upon.</summary>
/// <param name="Kind">What it is a resource of.</param>
/// <param name="Seq">Its position in creation order among its kind.</param>
internal sealed record SearchHit(IScimResource Kind, long Seq, JsonObject Resource);
