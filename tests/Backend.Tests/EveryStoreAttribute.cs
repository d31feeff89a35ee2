using System.Reflection;
using Xunit.Sdk;

namespace ScimOperator.Backend.Tests;

/// <summary>A row of data for every store: the store, then these values.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class EveryStoreAttribute(params object?[]? values) : DataAttribute
{
    public override IEnumerable<object?[]> GetData(MethodInfo testMethod) =>
        Enum.GetValues<StoreKind>().Select(kind => (object?[])[kind, .. values ?? [null]]);
}
