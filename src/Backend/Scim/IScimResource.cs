using System.Text.Json.Nodes;
using ScimOperator.Backend.Accounts;
using ScimOperator.Backend.Filtering;
using ScimOperator.Backend.Patching;
using ScimOperator.Backend.Schemas;
using ScimOperator.Backend.Storage;

namespace ScimOperator.Backend.Scim;

/// <summary>
/// One kind of resource, as every endpoint uses it: alone, in searches and in bulk requests. All work is done inside a
/// transaction of the caller's; bodies have been brought into canonical form before.
/// </summary>
internal interface IScimResource
{
    ScimResourceType Type { get; }

    string NewId(DateTimeOffset now);

    /// <param name="id">An id given beforehand; null makes one.</param>
    /// <exception cref="RefusedException">uniqueness, invalidValue.</exception>
    Written Create(StoreSession session, JsonObject canonical, string? id, ChangeContext change);

    /// <param name="condition">Entity tags of which one must be the resource's; null asks for nothing.</param>
    /// <exception cref="RefusedException">not_found, version_conflict, uniqueness, invalidValue, and the restriction.</exception>
    Written Replace(StoreSession session, string id, IReadOnlyList<string>? condition, JsonObject canonical, ChangeContext change);

    /// <exception cref="RefusedException">As <see cref="Replace"/>, and what patches refuse.</exception>
    Written Patch(StoreSession session, string id, IReadOnlyList<string>? condition, IReadOnlyList<PatchOperation> operations, ChangeContext change);

    /// <exception cref="RefusedException">not_found, version_conflict, and the restriction.</exception>
    void Delete(StoreSession session, string id, IReadOnlyList<string>? condition, ChangeContext change);

    /// <summary>The resource; null when there is none with this id.</summary>
    JsonObject? Read(StoreSession session, string id, ResourceView view);

    /// <summary>The part of a filter that the store can answer.</summary>
    SqlCondition Compile(FilterExpression? filter);

    long Count(StoreSession session, SqlCondition condition);

    /// <summary>Resources that a condition selects, in creation order.</summary>
    IReadOnlyList<SearchHit> Find(StoreSession session, SqlCondition condition, long offset, int limit, ResourceView view);
}
