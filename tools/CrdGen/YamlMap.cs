using System.Diagnostics.CodeAnalysis;

namespace ScimOperator.CrdGen;

/// <summary>A YAML mapping that keeps the order in which keys were added.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "It is a mapping in YAML's words.")]
internal sealed class YamlMap : OrderedDictionary<string, object>
{
    /// <summary>Adds a key unless there is nothing to say.</summary>
    internal void AddIfAny(string key, object? value)
    {
        if (value is not null)
        {
            Add(key, value);
        }
    }
}
