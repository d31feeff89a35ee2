using System.Text.Json.Nodes;

namespace ScimOperator.Backend.Patching;

/// <summary>Takes the operations on a group's members, which are rows of their own and not part of the patched object.</summary>
internal interface IMemberPatch
{
    /// <exception cref="Accounts.RefusedException">invalidValue, mutability, noTarget.</exception>
    void Apply(PatchKind kind, PatchPath path, JsonNode? value);
}
